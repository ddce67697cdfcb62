//! A rasteriser of egui's triangles on the processor, so that images need no graphics card.

use std::collections::HashMap;

use eframe::egui::epaint::{ImageData, Primitive, Vertex};
use eframe::egui::{self, Color32, ColorImage, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;

/// Keeps the textures and draws frames.
#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for Raster {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, patches) in delta.set.drain() {
            for patch in patches {
                let ImageData::Color(image) = patch.image;
                match patch.pos {
                    None => {
                        self.textures.insert(id, (*image).clone());
                    }
                    Some([left, top]) => {
                        let whole = self.textures.get_mut(&id).expect("a patch follows its texture");
                        for y in 0..image.size[1] {
                            for x in 0..image.size[0] {
                                let at = (top + y) * whole.size[0] + left + x;
                                whole.pixels[at] = image.pixels[y * image.size[0] + x];
                            }
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as usize, size.y.round() as usize);
        let mut canvas = Canvas { width, height, pixels: vec![[0.0; 4]; width * height] };
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            if let Primitive::Mesh(mesh) = &clipped.primitive {
                let texture = self.textures.get(&mesh.texture_id).ok_or("a texture is missing")?;
                for corner in mesh.indices.chunks_exact(3) {
                    let at = |index: u32| mesh.vertices[index as usize];
                    canvas.triangle([at(corner[0]), at(corner[1]), at(corner[2])], texture, clipped.clip_rect, scale);
                }
            }
        }
        Ok(canvas.image())
    }
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
}

impl Canvas {
    fn triangle(&mut self, corners: [Vertex; 3], texture: &ColorImage, clip: Rect, scale: f32) {
        let [a, b, c] = corners.map(|corner| corner.pos * scale);
        let area = (b - a).x * (c - a).y - (b - a).y * (c - a).x;
        if area == 0.0 {
            return;
        }
        let low = |values: [f32; 3], edge: f32| values.into_iter().fold(f32::INFINITY, f32::min).max(edge * scale);
        let high = |values: [f32; 3], edge: f32| values.into_iter().fold(f32::NEG_INFINITY, f32::max).min(edge * scale);
        let left = low([a.x, b.x, c.x], clip.min.x).floor().max(0.0) as usize;
        let right = (high([a.x, b.x, c.x], clip.max.x).ceil().max(0.0) as usize).min(self.width);
        let top = low([a.y, b.y, c.y], clip.min.y).floor().max(0.0) as usize;
        let bottom = (high([a.y, b.y, c.y], clip.max.y).ceil().max(0.0) as usize).min(self.height);
        let clip = Rect::from_min_max((clip.min.to_vec2() * scale).to_pos2(), (clip.max.to_vec2() * scale).to_pos2());
        for y in top..bottom {
            for x in left..right {
                let p = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
                if !clip.contains(p) {
                    continue;
                }
                let u = ((c - b).x * (p - b).y - (c - b).y * (p - b).x) / area;
                let v = ((a - c).x * (p - c).y - (a - c).y * (p - c).x) / area;
                let w = 1.0 - u - v;
                if u < -1e-4 || v < -1e-4 || w < -1e-4 {
                    continue;
                }
                let mix = |get: fn(&Vertex) -> f32| u * get(&corners[0]) + v * get(&corners[1]) + w * get(&corners[2]);
                let texel = sample(texture, mix(|corner| corner.uv.x), mix(|corner| corner.uv.y));
                let channels: [fn(&Vertex) -> f32; 4] = [
                    |corner| f32::from(corner.color.r()),
                    |corner| f32::from(corner.color.g()),
                    |corner| f32::from(corner.color.b()),
                    |corner| f32::from(corner.color.a()),
                ];
                let source: [f32; 4] = std::array::from_fn(|channel| mix(channels[channel]) / 255.0 * texel[channel]);
                let below = &mut self.pixels[y * self.width + x];
                for channel in 0..4 {
                    below[channel] = source[channel] + below[channel] * (1.0 - source[3]);
                }
            }
        }
    }

    fn image(&self) -> image::RgbaImage {
        image::RgbaImage::from_fn(self.width as u32, self.height as u32, |x, y| {
            let pixel = self.pixels[y as usize * self.width + x as usize];
            let byte = |channel: f32| (channel.clamp(0.0, 1.0) * 255.0).round() as u8;
            image::Rgba([byte(pixel[0]), byte(pixel[1]), byte(pixel[2]), 255])
        })
    }
}

/// A texel between its neighbours, premultiplied, 0 to 1.
fn sample(texture: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let texel = |x: f32, y: f32| -> [f32; 4] {
        let column = (x.max(0.0) as usize).min(width - 1);
        let row = (y.max(0.0) as usize).min(height - 1);
        let colour: Color32 = texture.pixels[row * width + column];
        colour.to_array().map(|channel| f32::from(channel) / 255.0)
    };
    let (fx, fy) = (x - x.floor(), y - y.floor());
    let (x0, y0) = (x.floor(), y.floor());
    let corners = [texel(x0, y0), texel(x0 + 1.0, y0), texel(x0, y0 + 1.0), texel(x0 + 1.0, y0 + 1.0)];
    std::array::from_fn(|channel| {
        let upper = corners[0][channel] * (1.0 - fx) + corners[1][channel] * fx;
        let lower = corners[2][channel] * (1.0 - fx) + corners[3][channel] * fx;
        upper * (1.0 - fy) + lower * fy
    })
}
