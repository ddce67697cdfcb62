//! Slides as a PowerPoint file: text boxes and shapes that can be restyled, notes as notes, alternative texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::letters::{FLAG, Letters, writable};
use super::png::pixels_of_flag;
use super::svg::escaped;
use crate::chart::frame::{Anchor, Area, Frame, Item, Line, Op, Role, Text, TextMeasure, Tone};
use crate::chart::palette::Palette;
use crate::data::flags::{Run, runs};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PptxError {
    /// There is nothing to write.
    #[error("There is no slide to write: capture one, or make a grouping.")]
    Empty,
    /// A fault of the program.
    #[error("The slides could not be written: {0}.")]
    Fault(String),
}

/// A slide for the file.
#[derive(Clone, Debug)]
pub struct PptxSlide {
    /// The slide laid out.
    pub frame: Frame,
    /// The speaker notes.
    pub notes: String,
}

/// English metric units a point of a frame: 1,280 points are as wide as a slide of 16:9.
const UNIT: f32 = 9525.0;

const NS: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                  xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                  xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Slides as a PowerPoint file; `date` is the day, year-month-day.
///
/// # Errors
/// There is no slide.
pub fn pptx(
    slides: &[PptxSlide],
    title: &str,
    author: &str,
    date: &str,
    palette: &Palette,
) -> Result<Vec<u8>, PptxError> {
    if slides.is_empty() {
        return Err(PptxError::Empty);
    }
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut put = |name: &str, text: String| parts.push((name.to_owned(), text.into_bytes()));
    let n = slides.len();
    put("[Content_Types].xml", types(n));
    put(
        "_rels/.rels",
        relations(&[
            ("officeDocument", "ppt/presentation.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ]),
    );
    put("docProps/core.xml", core(title, author, date));
    put(
        "docProps/app.xml",
        format!(
            "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Convenor</Application><Slides>{n}</Slides></Properties>"
        ),
    );
    put("ppt/presentation.xml", presentation(n));
    let mut of_presentation: Vec<(&str, String)> = vec![("slideMaster", "slideMasters/slideMaster1.xml".to_owned())];
    of_presentation.extend((1..=n).map(|at| ("slide", format!("slides/slide{at}.xml"))));
    of_presentation.push(("notesMaster", "notesMasters/notesMaster1.xml".to_owned()));
    of_presentation.push(("presProps", "presProps.xml".to_owned()));
    of_presentation.push(("viewProps", "viewProps.xml".to_owned()));
    of_presentation.push(("theme", "theme/theme1.xml".to_owned()));
    of_presentation.push(("tableStyles", "tableStyles.xml".to_owned()));
    let listed: Vec<(&str, &str)> = of_presentation.iter().map(|(kind, target)| (*kind, target.as_str())).collect();
    put("ppt/_rels/presentation.xml.rels", relations(&listed));
    put("ppt/presProps.xml", format!("{HEAD}<p:presentationPr {NS}/>"));
    put("ppt/viewProps.xml", format!("{HEAD}<p:viewPr {NS}/>"));
    put(
        "ppt/tableStyles.xml",
        format!(
            "{HEAD}<a:tblStyleLst xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" def=\"{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}\"/>"
        ),
    );
    put("ppt/theme/theme1.xml", theme(palette));
    put("ppt/theme/theme2.xml", theme(palette));
    put("ppt/slideMasters/slideMaster1.xml", master(palette));
    put(
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        relations(&[("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")]),
    );
    put("ppt/slideLayouts/slideLayout1.xml", slide_layout());
    put(
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        relations(&[("slideMaster", "../slideMasters/slideMaster1.xml")]),
    );
    put("ppt/notesMasters/notesMaster1.xml", notes_master());
    put("ppt/notesMasters/_rels/notesMaster1.xml.rels", relations(&[("theme", "../theme/theme2.xml")]));
    let mut media: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let letters = Letters::default();
    for (at, slide) in slides.iter().enumerate() {
        let number = at + 1;
        let mut pen = Pen { text: String::new(), palette, letters: &letters, id: 1, flags: Vec::new() };
        pen.frame(&slide.frame);
        put(
            &format!("ppt/slides/slide{number}.xml"),
            format!(
                "{HEAD}<p:sld {NS}><p:cSld>{}<p:spTree>{GROUP}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
                background(palette),
                pen.text
            ),
        );
        let mut related: Vec<(&str, String)> = vec![
            ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
            ("notesSlide", format!("../notesSlides/notesSlide{number}.xml")),
        ];
        for code in &pen.flags {
            if !media.contains_key(code) {
                let png = pixels_of_flag(code).map_err(|error| PptxError::Fault(error.to_string()))?;
                media.insert(code.clone(), png);
            }
            related.push(("image", format!("../media/{code}.png")));
        }
        let listed: Vec<(&str, &str)> = related.iter().map(|(kind, target)| (*kind, target.as_str())).collect();
        put(&format!("ppt/slides/_rels/slide{number}.xml.rels"), relations(&listed));
        put(&format!("ppt/notesSlides/notesSlide{number}.xml"), notes(&slide.notes));
        let back = format!("../slides/slide{number}.xml");
        put(
            &format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"),
            relations(&[("notesMaster", "../notesMasters/notesMaster1.xml"), ("slide", back.as_str())]),
        );
    }
    parts.extend(media.into_iter().map(|(code, png)| (format!("ppt/media/{code}.png"), png)));
    zipped(parts).map_err(|error| PptxError::Fault(error.to_string()))
}

fn zipped(parts: Vec<(String, Vec<u8>)>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

const GROUP: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" \
                     y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

fn types(n: usize) -> String {
    let main = "application/vnd.openxmlformats-officedocument";
    let mut text = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
    );
    let mut add = |name: &str, kind: &str| {
        let _ = write!(text, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    };
    let slide = |kind: &str| format!("{main}.presentationml.{kind}+xml");
    add("ppt/presentation.xml", &slide("presentation.main"));
    add("ppt/slideMasters/slideMaster1.xml", &slide("slideMaster"));
    add("ppt/slideLayouts/slideLayout1.xml", &slide("slideLayout"));
    add("ppt/notesMasters/notesMaster1.xml", &slide("notesMaster"));
    add("ppt/presProps.xml", &slide("presProps"));
    add("ppt/viewProps.xml", &slide("viewProps"));
    add("ppt/tableStyles.xml", &slide("tableStyles"));
    for at in 1..=2 {
        add(&format!("ppt/theme/theme{at}.xml"), &format!("{main}.theme+xml"));
    }
    for at in 1..=n {
        add(&format!("ppt/slides/slide{at}.xml"), &slide("slide"));
        add(&format!("ppt/notesSlides/notesSlide{at}.xml"), &slide("notesSlide"));
    }
    add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    add("docProps/app.xml", &format!("{main}.extended-properties+xml"));
    text + "</Types>"
}

fn relations(list: &[(&str, &str)]) -> String {
    let mut text =
        format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (at, (kind, target)) in list.iter().enumerate() {
        let kind = match *kind {
            "metadata/core-properties" => {
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned()
            }
            kind => format!("{REL}/{kind}"),
        };
        let _ = write!(text, "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", at + 1);
    }
    text + "</Relationships>"
}

fn core(title: &str, author: &str, date: &str) -> String {
    let author = if author.is_empty() { "Convenor" } else { author };
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}T12:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}T12:00:00Z</dcterms:modified></cp:coreProperties>",
        escaped(title),
        escaped(author)
    )
}

fn presentation(n: usize) -> String {
    let mut slides = String::new();
    for at in 0..n {
        let _ = write!(slides, "<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + at, at + 2);
    }
    format!(
        "{HEAD}<p:presentation {NS}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>\
         <p:notesMasterIdLst><p:notesMasterId r:id=\"rId{}\"/></p:notesMasterIdLst><p:sldIdLst>{slides}</p:sldIdLst>\
         <p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>",
        n + 2
    )
}

fn hex(palette: &Palette, tone: Tone) -> String {
    let [red, green, blue] = palette.colour(tone);
    format!("{red:02X}{green:02X}{blue:02X}")
}

fn background(palette: &Palette) -> String {
    format!(
        "<p:bg><p:bgPr><a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>",
        hex(palette, Tone::Panel)
    )
}

fn theme(palette: &Palette) -> String {
    let colour = |name: &str, tone: Tone| format!("<a:{name}><a:srgbClr val=\"{}\"/></a:{name}>", hex(palette, tone));
    let mut colours = colour("dk1", Tone::Ink)
        + &colour("lt1", Tone::Panel)
        + &colour("dk2", Tone::Muted)
        + &colour("lt2", Tone::Soft);
    for at in 0..6 {
        colours += &colour(&format!("accent{}", at + 1), Tone::Grouping(at));
    }
    colours += &colour("hlink", Tone::Accent);
    colours += &colour("folHlink", Tone::Muted);
    let fonts = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}<a:prstDash val=\"solid\"/></a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{HEAD}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Convenor\"><a:themeElements>\
         <a:clrScheme name=\"Convenor\">{colours}</a:clrScheme><a:fontScheme name=\"Convenor\"><a:majorFont>{fonts}</a:majorFont>\
         <a:minorFont>{fonts}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Convenor\"><a:fillStyleLst>{fill}{fill}{fill}</a:fillStyleLst>\
         <a:lnStyleLst>{line}{line}{line}</a:lnStyleLst><a:effectStyleLst>{effect}{effect}{effect}</a:effectStyleLst>\
         <a:bgFillStyleLst>{fill}{fill}{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
}

const MAP: &str = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" \
                   accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";

fn master(palette: &Palette) -> String {
    let title = "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph \
                 type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"533400\" y=\"381000\"/><a:ext cx=\"11125200\" \
                 cy=\"990600\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr lIns=\"0\" \
                 tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"/>\
                 <a:t>Statement</a:t></a:r></a:p></p:txBody></p:sp>";
    format!(
        "{HEAD}<p:sldMaster {NS}><p:cSld>{}<p:spTree>{GROUP}{title}</p:spTree></p:cSld>{MAP}<p:sldLayoutIdLst><p:sldLayoutId \
         id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:defRPr sz=\"2700\" \
         b=\"1\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mj-lt\"/></a:defRPr></a:lvl1pPr></p:titleStyle>\
         <p:bodyStyle><a:lvl1pPr><a:defRPr sz=\"1200\"/></a:lvl1pPr></p:bodyStyle><p:otherStyle><a:lvl1pPr><a:defRPr \
         sz=\"1200\"/></a:lvl1pPr></p:otherStyle></p:txStyles></p:sldMaster>",
        background(palette)
    )
}

fn slide_layout() -> String {
    let title = "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph \
                 type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"/>\
                 <a:t>Statement</a:t></a:r></a:p></p:txBody></p:sp>";
    format!(
        "{HEAD}<p:sldLayout {NS} type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Statement\"><p:spTree>{GROUP}{title}</p:spTree></p:cSld>\
         <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
}

fn notes_master() -> String {
    format!(
        "{HEAD}<p:notesMaster {NS}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree>{GROUP}{}{}\
         </p:spTree></p:cSld>{MAP}</p:notesMaster>",
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr>\
         <p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"685800\" y=\"685800\"/><a:ext \
         cx=\"5486400\" cy=\"3086100\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>\
         <a:lstStyle/><a:p><a:endParaRPr lang=\"en-GB\"/></a:p></p:txBody></p:sp>",
        "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" \
         idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"685800\" y=\"4114800\"/><a:ext cx=\"5486400\" cy=\"4114800\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"/>\
         <a:t>Notes</a:t></a:r></a:p></p:txBody></p:sp>"
    )
}

fn notes(text: &str) -> String {
    let mut paragraphs = String::new();
    for line in text.lines() {
        let _ = write!(paragraphs, "<a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>{}</a:t></a:r></a:p>", escaped(line));
    }
    if paragraphs.is_empty() {
        paragraphs.push_str("<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>");
    }
    format!(
        "{HEAD}<p:notes {NS}><p:cSld><p:spTree>{GROUP}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" \
         noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr>\
         <p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr>\
         </p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr>\
         <a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
}

struct Pen<'a> {
    text: String,
    palette: &'a Palette,
    letters: &'a Letters,
    id: u32,
    /// The flags of the slide, in the order of their pictures.
    flags: Vec<String>,
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the slide")]
fn emu(points: f32) -> i64 {
    (points * UNIT).round() as i64
}

/// Letters of one point of a frame, in hundredths of a point of the slide: 1,280 points are 960 there.
#[expect(clippy::cast_possible_truncation, reason = "a size of letters")]
fn size_of(points: f32) -> i32 {
    (points * 75.0).round() as i32
}

impl Pen<'_> {
    fn next(&mut self) -> u32 {
        self.id += 1;
        self.id
    }

    fn frame(&mut self, frame: &Frame) {
        let mut at = 0;
        let mut groups: Vec<bool> = Vec::new();
        while at < frame.items.len() {
            match &frame.items[at] {
                Item::Open(Role::Heading(1)) => {
                    let (texts, end) = texts_until_close(&frame.items, at + 1);
                    self.title(&texts);
                    at = end;
                }
                Item::Open(Role::Figure(words)) => {
                    let id = self.next();
                    let _ = write!(
                        self.text,
                        "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{id}\" name=\"Figure {id}\" descr=\"{}\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
                         <p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"12192000\" cy=\"6858000\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt \
                         cx=\"12192000\" cy=\"6858000\"/></a:xfrm></p:grpSpPr>",
                        escaped(words)
                    );
                    groups.push(true);
                }
                Item::Open(_) => groups.push(false),
                Item::Close => {
                    if groups.pop() == Some(true) {
                        self.text.push_str("</p:grpSp>");
                    }
                }
                Item::Draw(Op::Text(text)) => {
                    // Lines of one text are one box, so that it breaks anew with other letters.
                    let lines = same_text(&frame.items, at);
                    self.words(text, &lines);
                    at += lines.len() - 1;
                }
                Item::Draw(op) => self.op(op),
            }
            at += 1;
        }
    }

    /// The statement is the title of the slide.
    fn title(&mut self, texts: &[&Text]) {
        let Some(first) = texts.first() else { return };
        let words: Vec<String> = texts.iter().map(|text| writable(&text.words)).collect();
        let id = self.next();
        let top = first.at.y - first.size * 0.65;
        let last = texts.last().map_or(first.at.y, |text| text.at.y);
        let height = last - first.at.y + first.size * 1.3 + 6.0;
        let _ = write!(
            self.text,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Statement\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph \
             type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"11125200\" cy=\"{}\"/></a:xfrm></p:spPr>\
             <p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r><a:rPr \
             lang=\"en-GB\" sz=\"{}\" b=\"1\"/><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>",
            emu(first.at.x),
            emu(top),
            emu(height),
            size_of(first.size),
            escaped(&words.join(" "))
        );
    }

    fn op(&mut self, op: &Op) {
        match op {
            // The ground is the background of the slide.
            Op::Rect { area, .. } if area.width() >= 1279.0 && area.height() >= 719.0 => {}
            Op::Rect { area, radius, fill, line } => {
                let least = area.width().min(area.height()).max(0.1);
                let round = if *radius > 0.5 { (radius / least).min(0.5) } else { 0.0 };
                let geometry = if round > 0.0 {
                    format!(
                        "<a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val {}\"/></a:avLst></a:prstGeom>",
                        emu(round / UNIT * 100_000.0)
                    )
                } else {
                    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>".to_owned()
                };
                self.shape(*area, &geometry, *fill, *line);
            }
            Op::Circle { centre, radius, fill, line } => {
                let area = Area::new(centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius);
                self.shape(area, "<a:prstGeom prst=\"ellipse\"><a:avLst/></a:prstGeom>", *fill, *line);
            }
            Op::Polygon { points, fill, line } => {
                let bounds = points.iter().fold(None, |bounds: Option<Area>, point| {
                    let one = Area::new(point.x, point.y, point.x, point.y);
                    Some(bounds.map_or(one, |of| {
                        Area::new(
                            of.left.min(point.x),
                            of.top.min(point.y),
                            of.right.max(point.x),
                            of.bottom.max(point.y),
                        )
                    }))
                });
                let Some(bounds) = bounds else { return };
                let mut path = String::new();
                for (at, point) in points.iter().enumerate() {
                    let tag = if at == 0 { "moveTo" } else { "lnTo" };
                    let (x, y) = (emu(point.x - bounds.left), emu(point.y - bounds.top));
                    let _ = write!(path, "<a:{tag}><a:pt x=\"{x}\" y=\"{y}\"/></a:{tag}>");
                }
                let geometry = format!(
                    "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst><a:path w=\"{}\" \
                     h=\"{}\">{path}<a:close/></a:path></a:pathLst></a:custGeom>",
                    emu(bounds.width()),
                    emu(bounds.height())
                );
                self.shape(bounds, &geometry, *fill, *line);
            }
            Op::Line { from, to, line } => {
                let id = self.next();
                let flip = if (to.x < from.x) == (to.y < from.y) { "" } else { " flipV=\"1\"" };
                let _ = write!(
                    self.text,
                    "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"{id}\" name=\"Line {id}\"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm{flip}>\
                     <a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"line\"><a:avLst/></a:prstGeom>{}</p:spPr>\
                     </p:cxnSp>",
                    emu(from.x.min(to.x)),
                    emu(from.y.min(to.y)),
                    emu((to.x - from.x).abs()),
                    emu((to.y - from.y).abs()),
                    self.line(Some(*line))
                );
            }
            Op::Text(_) => {}
        }
    }

    fn line(&self, line: Option<Line>) -> String {
        let Some(line) = line else { return "<a:ln><a:noFill/></a:ln>".to_owned() };
        let dash = match line.dash {
            None => "",
            Some([dash, _]) if dash <= line.width => "<a:prstDash val=\"sysDot\"/>",
            Some(_) => "<a:prstDash val=\"dash\"/>",
        };
        format!(
            "<a:ln w=\"{}\"><a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>{dash}</a:ln>",
            emu(line.width),
            hex(self.palette, line.tone)
        )
    }

    fn shape(&mut self, area: Area, geometry: &str, fill: Option<Tone>, line: Option<Line>) {
        let id = self.next();
        let filled = fill.map_or_else(
            || "<a:noFill/>".to_owned(),
            |tone| format!("<a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>", hex(self.palette, tone)),
        );
        let line = self.line(line);
        let _ = write!(
            self.text,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Shape {id}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{}\" \
             y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>{geometry}{filled}{line}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>\
             <a:endParaRPr lang=\"en-GB\"/></a:p></p:txBody></p:sp>",
            emu(area.left),
            emu(area.top),
            emu(area.width()),
            emu(area.height())
        );
    }

    /// Lines of letters as a box; flags as pictures.
    fn words(&mut self, text: &Text, lines: &[&Text]) {
        if let [Run::Flag(code)] = runs(&text.words).as_slice() {
            self.flag(code, text);
            return;
        }
        let words: Vec<String> = lines.iter().map(|line| without_flags(&writable(&line.words))).collect();
        let widest = words.iter().map(|words| self.letters.width(words, text.size, text.bold)).fold(0.0, f32::max);
        if words.iter().all(|words| words.trim().is_empty()) {
            return;
        }
        let many = lines.len() > 1;
        // Other fonts are wider.
        let width = if many { widest * 1.04 + 4.0 } else { widest * 1.12 + 2.0 };
        let left = match text.anchor {
            Anchor::Left => text.at.x,
            Anchor::Middle => text.at.x - width / 2.0,
            Anchor::Right => text.at.x - width,
        };
        let last = lines.last().map_or(text.at.y, |line| line.at.y);
        let (top, bottom) = (text.at.y - text.size * 0.65, last + text.size * 0.65);
        let algn = match text.anchor {
            Anchor::Left => "l",
            Anchor::Middle => "ctr",
            Anchor::Right => "r",
        };
        let wrap = if many { "square" } else { "none" };
        let turned = if text.turned { " rot=\"-5400000\"" } else { "" };
        let id = self.next();
        let bold = if text.bold { " b=\"1\"" } else { "" };
        let _ = write!(
            self.text,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Text {id}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm{turned}><a:off \
             x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>\
             <p:txBody><a:bodyPr wrap=\"{wrap}\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"><a:noAutofit/></a:bodyPr><a:lstStyle/><a:p>\
             <a:pPr algn=\"{algn}\"/><a:r><a:rPr lang=\"en-GB\" sz=\"{}\"{bold}><a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill></a:rPr><a:t>{}</a:t>\
             </a:r></a:p></p:txBody></p:sp>",
            emu(left),
            emu(top),
            emu(width),
            emu(bottom - top),
            size_of(text.size),
            hex(self.palette, text.tone),
            escaped(&words.join(" "))
        );
    }

    fn flag(&mut self, code: &str, text: &Text) {
        let at = if let Some(at) = self.flags.iter().position(|other| other == code) {
            at
        } else {
            self.flags.push(code.to_owned());
            self.flags.len() - 1
        };
        let side = FLAG * text.size;
        let left = match text.anchor {
            Anchor::Left => text.at.x,
            Anchor::Middle => text.at.x - side / 2.0,
            Anchor::Right => text.at.x - side,
        };
        let id = self.next();
        let _ = write!(
            self.text,
            "<p:pic><p:nvPicPr><p:cNvPr id=\"{id}\" name=\"Flag {code}\" descr=\"flag of {code}\"/><p:cNvPicPr><a:picLocks \
             noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"rId{}\"/><a:stretch><a:fillRect/></a:stretch>\
             </p:blipFill><p:spPr><a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></p:spPr></p:pic>",
            at + 3,
            emu(left),
            emu(text.at.y - side / 2.0),
            emu(side),
            emu(side)
        );
    }
}

fn without_flags(words: &str) -> String {
    runs(words)
        .into_iter()
        .filter_map(|run| match run {
            Run::Letters(letters) => Some(letters.to_owned()),
            Run::Flag(_) => None,
        })
        .collect()
}

/// The texts up to the end of a part, and where that is.
fn texts_until_close(items: &[Item], from: usize) -> (Vec<&Text>, usize) {
    let mut texts = Vec::new();
    let mut at = from;
    while let Some(item) = items.get(at) {
        match item {
            Item::Draw(Op::Text(text)) => texts.push(text),
            Item::Close => break,
            _ => {}
        }
        at += 1;
    }
    (texts, at)
}

/// The lines that follow each other below a text, in the same letters from the same place: one text that was broken.
fn same_text(items: &[Item], from: usize) -> Vec<&Text> {
    let mut lines: Vec<&Text> = Vec::new();
    for item in &items[from..] {
        let Item::Draw(Op::Text(text)) = item else { break };
        if let Some(last) = lines.last() {
            let below = text.at.y - last.at.y;
            let same = text.anchor == last.anchor
                && (text.at.x - last.at.x).abs() < 0.01
                && (text.size - last.size).abs() < 0.01
                && (text.bold, text.turned, text.tone) == (last.bold, last.turned, last.tone)
                && below > 0.0
                && below < 1.5 * text.size;
            if !same {
                break;
            }
        }
        lines.push(text);
    }
    lines
}
