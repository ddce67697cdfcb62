// Opens every page given in a headless Chromium, light and dark: no message on the console, no request but for the page itself,
// nothing serious by axe, every section there, and it prints.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
let failed = 0;
let passed = 0;
for (const file of process.argv.slice(2)) {
  for (const colorScheme of ['light', 'dark']) {
    const faults = [];
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== `file://${file}` && !request.url().startsWith('data:')) faults.push(`request: ${request.url()}`);
    });
    await page.goto(`file://${file}`);
    const shown = await page.evaluate(() => ({
      title: document.title,
      heading: document.querySelector('h1')?.textContent ?? '',
      pictures: [...document.querySelectorAll('figure svg')].filter((svg) => svg.checkVisibility()).length,
      figures: document.querySelectorAll('figure').length,
      wide: document.documentElement.scrollWidth > window.innerWidth,
    }));
    if (!shown.title || shown.title !== shown.heading) faults.push(`title “${shown.title}”, heading “${shown.heading}”`);
    if (shown.pictures !== shown.figures) faults.push(`${shown.pictures} of ${shown.figures} pictures are seen`);
    if (shown.wide) faults.push('the page is wider than the window');
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run());
    for (const violation of found.violations) {
      if (['serious', 'critical'].includes(violation.impact)) {
        faults.push(`axe: ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.target).join(', ')}`);
      }
    }
    const printed = await page.pdf({ format: 'A4' });
    if (printed.length < 10_000) faults.push(`printed ${printed.length} bytes`);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${colorScheme}.png`, fullPage: true });
    await context.close();
    if (faults.length > 0) {
      failed += 1;
      console.log(`${file} (${colorScheme}):\n  ${faults.join('\n  ')}`);
    } else {
      passed += 1;
    }
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
