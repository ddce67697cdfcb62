//! The menu bar and the shortcuts, both from the table of commands.

use eframe::egui::{self, Button, Key, KeyboardShortcut, Layout, MenuBar, Modifiers, RichText, Ui, WidgetInfo};

use super::actors::actor_combo_of;
use super::dialogs::entry_button;
use super::slides::thumbnail_id;
use super::title::TitleView;
use super::{number, places, theme};
use crate::app::{App, Command, Menu, Named};
use crate::model::Edit;
use crate::storage::examples;

/// The bar at the top.
pub fn menu_ui(ui: &mut Ui, app: &App, title: &mut TitleView, commands: &mut Vec<Command>) {
    MenuBar::new().ui(ui, |ui| {
        ui.label(theme::strong("Convenor", theme::TITLE));
        ui.add_space(6.0);
        for menu in Menu::ALL {
            ui.menu_button(menu.label(), |ui| {
                ui.set_min_width(230.0);
                for named in Named::ALL.into_iter().filter(|named| named.entry().menu == menu) {
                    entry_ui(ui, app, named, commands);
                    if named == Named::Open {
                        files_ui(ui, app, commands);
                    }
                }
            });
        }
        ui.add_space(10.0);
        places::switch_ui(ui, app.session.view.place, commands);
        // From the right, so that what is least needed gives way: the title, then the hint.
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            sponsor_ui(ui, app, commands);
            let entry = Named::Palette.entry();
            let words = format!("Find a country, a grouping or a command   {}", entry.keys[0]);
            if ui.available_width() > 460.0
                && ui.add(Button::new(RichText::new(words).weak()).frame_when_inactive(false)).clicked()
            {
                commands.push(Command::Do(Named::Palette));
            }
            ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add_space(6.0);
                if ui.available_width() > 60.0 {
                    title.ui(ui, app, commands);
                }
            });
        });
    });
}

fn entry_ui(ui: &mut Ui, app: &App, named: Named, commands: &mut Vec<Command>) {
    let entry = named.entry();
    if entry.starts_section {
        ui.separator();
    }
    let possible = named.possible(app);
    let mut response = ui.add_enabled(possible.is_ok(), entry_button(app, named));
    if let Err(why) = possible {
        response = response.on_disabled_hover_text(why);
    }
    if response.clicked() {
        commands.push(Command::Do(named));
    }
}

fn files_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    ui.menu_button("Open recent", |ui| {
        for path in &app.recent {
            let name =
                path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
            if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                commands.push(Command::OpenPath(path.clone()));
            }
        }
        if app.recent.is_empty() {
            ui.weak("nothing yet");
        }
    });
    ui.menu_button("Examples", |ui| {
        for (at, example) in examples::ALL.iter().enumerate() {
            if ui.button(example.title).on_hover_text(example.blurb).clicked() {
                commands.push(Command::OpenExample(at));
            }
        }
    });
}

fn sponsor_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    let now = app.workspace().assumptions.sponsor;
    // On a narrow window the list makes room for the menus, and does without its label.
    let room = ui.available_width();
    let width = (room - 12.0).clamp(96.0, 170.0);
    if let Some(id) = actor_combo_of(ui, app, "Sponsor of all groupings", now, width) {
        let mut assumptions = (*app.workspace().assumptions).clone();
        assumptions.sponsor = id;
        commands.push(Command::Edit(Edit::Assume(Box::new(assumptions), "sponsor")));
    }
    if room < 240.0 {
        return;
    }
    let label = ui.label(RichText::new("Sponsor").weak());
    label.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, "Sponsor"));
}

/// Commands whose keys were pressed. Text fields keep their own editing keys.
///
/// `naming`: whether a name is being typed. The keyboard has left its field already in the frame in which Esc is pressed.
pub fn shortcuts(ctx: &egui::Context, naming: bool, commands: &mut Vec<Command>) {
    let typing = naming || ctx.text_edit_focused();
    let on_thumbnail = ctx.data_mut(|data| data.remove_temp::<()>(thumbnail_id())).is_some();
    let in_popup = egui::Popup::is_any_open(ctx);
    let applies = |shortcut: KeyboardShortcut, named: Named| {
        let plain = !shortcut.modifiers.any() || shortcut.modifiers == Modifiers::SHIFT;
        let is_editing_key = (plain && !is_function_key(shortcut.logical_key)) || edits_text(shortcut);
        // Escape closes what is open before it clears the selection; on a thumbnail, removing is about the slide.
        !(typing && is_editing_key
            || named == Named::ClearPicked && in_popup
            || named == Named::RemovePicked && on_thumbnail)
    };
    let table: Vec<(KeyboardShortcut, Named)> =
        table().into_iter().filter(|(shortcut, named)| applies(*shortcut, *named)).collect();
    // Events count one by one, in their order, however many arrive in one frame.
    let mut pressed = false;
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let command = match event {
                egui::Event::Copy if !typing => Some(Command::Do(Named::CopyGrouping)),
                egui::Event::Paste(text) if !typing => Some(Command::Paste(text.clone())),
                egui::Event::Key { key, pressed: true, modifiers, .. } => {
                    let is_it = |(shortcut, _): &&(KeyboardShortcut, Named)| {
                        shortcut.logical_key == *key && modifiers.matches_logically(shortcut.modifiers)
                    };
                    let found = table.iter().find(is_it);
                    pressed |= found.is_some();
                    found.map(|(_, named)| Command::Do(*named))
                }
                _ => None,
            };
            let stays = command.is_none();
            commands.extend(command);
            stays
        });
    });
    // A number that is being typed counts before what the key does; a menu with it has to be there once more for that.
    if pressed && !number::leave(ctx) {
        // A menu that is open does not stay behind what a key does.
        egui::Popup::close_all(ctx);
    }
}

fn is_function_key(key: Key) -> bool {
    key.name().strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Whether text fields have a use of their own for the keys.
fn edits_text(shortcut: KeyboardShortcut) -> bool {
    shortcut.modifiers.command
        && matches!(
            shortcut.logical_key,
            Key::Z | Key::Y | Key::A | Key::C | Key::V | Key::X | Key::Delete | Key::Backspace
        )
}

/// All shortcuts, those with more modifiers first, so that Ctrl+Shift+Z is not taken for Ctrl+Z.
fn table() -> Vec<(KeyboardShortcut, Named)> {
    let mut table: Vec<(KeyboardShortcut, Named)> = Named::ALL
        .into_iter()
        .flat_map(|named| named.entry().keys.iter().filter_map(move |keys| Some((parse(keys)?, named))))
        .collect();
    let weight = |modifiers: Modifiers| {
        usize::from(modifiers.command) + usize::from(modifiers.shift) + usize::from(modifiers.alt)
    };
    table.sort_by_key(|(shortcut, _)| std::cmp::Reverse(weight(shortcut.modifiers)));
    table
}

/// Reads keys such as `Ctrl+Shift+Z`.
fn parse(keys: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut key = None;
    for part in keys.split('+') {
        match part {
            "Ctrl" => modifiers = modifiers.plus(Modifiers::COMMAND),
            "Shift" => modifiers = modifiers.plus(Modifiers::SHIFT),
            "Alt" => modifiers = modifiers.plus(Modifiers::ALT),
            "?" => key = Some(Key::Questionmark),
            name => key = Key::from_name(name),
        }
    }
    Some(KeyboardShortcut::new(modifiers, key?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_a_key_and_none_serves_two_commands() {
        let mut seen = Vec::new();
        for named in Named::ALL {
            for keys in named.entry().keys {
                assert!(parse(keys).is_some(), "{keys} is not a key");
                let Some(shortcut) = parse(keys) else { continue };
                assert!(!seen.contains(&shortcut), "{keys} serves two commands");
                seen.push(shortcut);
            }
        }
        assert!(seen.len() >= 25);
    }
}
