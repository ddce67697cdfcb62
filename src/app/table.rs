//! The table of commands: one entry each. Menu bar, palette, shortcuts and the list of keys follow from it.

use super::{App, Ask, Help, Menu, Place, Possible, Tab};
use crate::model::{Role, SlideKind};

/// What the table says of a command.
#[derive(Clone, Copy)]
pub struct Entry {
    /// On the button; ends in “…” when it asks for more.
    pub label: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Its keys, such as `Ctrl+Shift+Z`; the first is shown.
    pub keys: &'static [&'static str],
    /// Whether a line is drawn above it.
    pub starts_section: bool,
    /// Other words under which it is found.
    pub words: &'static [&'static str],
    what: Option<fn(&App) -> Option<&str>>,
    possible: fn(&App) -> Possible,
    run: fn(&mut App),
}

impl Entry {
    const fn new(menu: Menu, label: &'static str, keys: &'static [&'static str], run: fn(&mut App)) -> Self {
        Self { label, menu, keys, starts_section: false, words: &[], what: None, possible: |_| Ok(()), run }
    }

    /// A line stands above it in its menu.
    const fn after_line(mut self) -> Self {
        self.starts_section = true;
        self
    }

    const fn found_by(mut self, words: &'static [&'static str]) -> Self {
        self.words = words;
        self
    }

    const fn if_possible(mut self, possible: fn(&App) -> Possible) -> Self {
        self.possible = possible;
        self
    }

    /// What it would be done to stands behind the label.
    const fn about(mut self, what: fn(&App) -> Option<&str>) -> Self {
        self.what = Some(what);
        self
    }
}

/// Makes the commands from their entries.
macro_rules! commands {
    ($($name:ident = $entry:expr),* $(,)?) => {
        /// A command of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the entries put each in words")]
        pub enum Named { $($name),* }

        impl Named {
            /// All commands, in menu order.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];

            /// What the table says of the command.
            #[must_use]
            pub fn entry(self) -> &'static Entry {
                static TABLE: &[Entry] = &[$($entry),*];
                &TABLE[self as usize]
            }
        }
    };
}

commands!(
    New = Entry::new(Menu::File, "New", &["Ctrl+N"], App::ask_new).found_by(&["empty board", "workspace"]),
    Open = Entry::new(Menu::File, "Open…", &["Ctrl+O"], |app| app.asks.push(Ask::OpenFile)).found_by(&["load"]),
    Save = Entry::new(Menu::File, "Save", &["Ctrl+S"], App::save).after_line(),
    SaveAs = Entry::new(Menu::File, "Save as…", &["Ctrl+Shift+S"], |app| app.asks.push(Ask::SaveFile(None)))
        .found_by(&["save a copy"]),
    Export = Entry::new(Menu::File, "Export…", &["Ctrl+E"], |app| app.asks.push(Ask::Export))
        .after_line()
        .if_possible(anything_to_show)
        .found_by(&["pdf", "html", "powerpoint", "pptx", "svg", "png", "picture", "briefing", "print", "markdown"]),
    CompareWith = Entry::new(Menu::File, "Compare with a file…", &[], |app| app.asks.push(Ask::CompareWith))
        .after_line()
        .found_by(&["difference", "what changed"]),
    Earlier = Entry::new(Menu::File, "Earlier versions…", &[], App::show_earlier)
        .if_possible(|app| app
            .document
            .path
            .as_ref()
            .map(|_| ())
            .ok_or("The workspace belongs to no file yet: save it first."))
        .found_by(&["history", "restore", "backup", "version", "previous"]),
    Describe = Entry::new(Menu::File, "Title and notes…", &[], |app| app.asks.push(Ask::Describe))
        .found_by(&["rename workspace", "description"]),
    Quit = Entry::new(Menu::File, "Quit", &["Ctrl+Q"], App::ask_quit).after_line().found_by(&["exit", "close"]),
    Undo = Entry::new(Menu::Edit, "Undo", &["Ctrl+Z"], App::undo)
        .about(|app| app.history.undo_label())
        .if_possible(|app| if_any(app.history.undo_label().is_some(), "There is nothing to undo."))
        .found_by(&["take back"]),
    Redo = Entry::new(Menu::Edit, "Redo", &["Ctrl+Shift+Z", "Ctrl+Y"], App::redo)
        .about(|app| app.history.redo_label())
        .if_possible(|app| if_any(app.history.redo_label().is_some(), "There is nothing to redo.")),
    AddPicked = Entry::new(Menu::Edit, "Add to selected grouping", &["Ctrl+Enter"], |app| app.place_picked(None))
        .after_line()
        .if_possible(picked_and_selected),
    MakeConvenor = Entry::new(Menu::Edit, "Make convenor", &["Ctrl+L"], |app| app.place_picked(Some(Role::Convenor)))
        .if_possible(picked_and_selected)
        .found_by(&["lead", "leader", "chair"]),
    MakeMember = Entry::new(Menu::Edit, "Make member", &["Ctrl+M"], |app| app.place_picked(Some(Role::Member)))
        .if_possible(picked_and_selected),
    MakeObserver = Entry::new(Menu::Edit, "Make observer", &["Ctrl+B"], |app| app.place_picked(Some(Role::Observer)))
        .if_possible(picked_and_selected),
    RemovePicked = Entry::new(Menu::Edit, "Remove from grouping", &["Delete"], App::remove_picked)
        .after_line()
        .if_possible(|app| {
            picked(app)?;
            if_any(app.removal_target().is_some(), "The selected countries have no seat in the selected grouping.")
        }),
    ClearPicked = Entry::new(Menu::Edit, "Clear selection", &["Escape"], App::clear_picked).if_possible(|app| {
        let any = !app.session.picked.countries.is_empty() || app.session.roll_call.is_some();
        if_any(any, "Nothing is selected.")
    }),
    NewGrouping = Entry::new(Menu::Grouping, "New grouping", &["Ctrl+G"], |app| app.new_grouping(&[])),
    NewFromPicked = Entry::new(Menu::Grouping, "New grouping from selection", &["Ctrl+Shift+G"], |app| {
        app.new_grouping(&app.acting().countries);
    })
    .if_possible(picked),
    Rename = Entry::new(Menu::Grouping, "Rename…", &["F2"], App::ask_name).after_line().if_possible(selected),
    Duplicate = Entry::new(Menu::Grouping, "Duplicate", &["Ctrl+D"], App::duplicate).if_possible(selected),
    CopyGrouping = Entry::new(Menu::Grouping, "Copy", &["Ctrl+C"], App::copy_grouping)
        .if_possible(selected)
        .found_by(&["clipboard"]),
    CopyParagraph = Entry::new(Menu::Grouping, "Copy as paragraph", &["Ctrl+Shift+C"], App::copy_paragraph)
        .if_possible(selected)
        .found_by(&["cable", "text", "words"]),
    CopyNames =
        Entry::new(Menu::Grouping, "Copy list of names", &[], |app| app.copy_members(false)).if_possible(selected),
    CopyCodes =
        Entry::new(Menu::Grouping, "Copy list of codes", &[], |app| app.copy_members(true)).if_possible(selected),
    PasteGrouping =
        Entry::new(Menu::Grouping, "Paste", &["Ctrl+V"], |app| app.asks.push(Ask::Paste)).found_by(&["clipboard"]),
    MoveUp =
        Entry::new(Menu::Grouping, "Move up", &["Alt+Up"], |app| app.move_by(-1)).after_line().if_possible(|app| {
            selected(app)?;
            if_any(app.selected_position().is_some_and(|at| at > 0), "It is the first already.")
        }),
    MoveDown = Entry::new(Menu::Grouping, "Move down", &["Alt+Down"], |app| app.move_by(1)).if_possible(|app| {
        selected(app)?;
        let last = app.workspace().groupings.len().saturating_sub(1);
        if_any(app.selected_position().is_some_and(|at| at < last), "It is the last already.")
    }),
    Delete = Entry::new(Menu::Grouping, "Delete", &["Ctrl+Delete"], App::delete)
        .after_line()
        .if_possible(selected)
        .found_by(&["remove grouping"]),
    NextGrouping = Entry::new(Menu::Grouping, "Select next", &["Ctrl+PageDown"], |app| app.step_selection(1))
        .after_line()
        .if_possible(any_grouping),
    PreviousGrouping = Entry::new(Menu::Grouping, "Select previous", &["Ctrl+PageUp"], |app| app.step_selection(-1))
        .if_possible(any_grouping),
    Capture =
        Entry::new(Menu::Slides, "Capture as slide", &["F4"], App::capture).found_by(&["snapshot", "keep", "present"]),
    CaptureOne = Entry::new(Menu::Slides, "Capture one grouping", &[], |app| app.capture_as(SlideKind::One))
        .after_line()
        .if_possible(selected),
    CaptureCompare = Entry::new(Menu::Slides, "Capture side by side", &[], |app| app.capture_as(SlideKind::Compare))
        .if_possible(|app| if_any(app.workspace().groupings.len() > 1, "It needs two groupings on the board."))
        .found_by(&["compare"]),
    CaptureChart = Entry::new(Menu::Slides, "Capture one chart", &[], |app| app.capture_as(SlideKind::Chart))
        .if_possible(any_grouping),
    CaptureChange = Entry::new(Menu::Slides, "Capture before and after", &[], |app| app.capture_as(SlideKind::Change))
        .if_possible(|app| {
            selected(app)?;
            let any = app.workspace().groupings.len() > 1 || app.history.is_edited();
            if_any(any, "It needs a saved state that was changed, or a second grouping.")
        }),
    CaptureRecord = Entry::new(Menu::Slides, "Capture roll calls", &[], |app| app.capture_as(SlideKind::Record))
        .if_possible(selected),
    CaptureText = Entry::new(Menu::Slides, "New slide with text", &[], |app| app.capture_as(SlideKind::Text)),
    UpdateSlide = Entry::new(Menu::Slides, "Update slide from the board", &[], App::update_slide)
        .after_line()
        .if_possible(any_slide),
    GoToSlide = Entry::new(Menu::Slides, "Go back to slide on the board", &[], App::go_to_slide).if_possible(any_slide),
    DuplicateSlide = Entry::new(Menu::Slides, "Duplicate slide", &[], App::duplicate_slide).if_possible(any_slide),
    DeleteSlide = Entry::new(Menu::Slides, "Delete slide", &[], App::delete_slide).if_possible(any_slide),
    SlideUp =
        Entry::new(Menu::Slides, "Move slide up", &["Alt+Shift+Up"], |app| app.move_slide(-1)).if_possible(|app| {
            any_slide(app)?;
            if_any(app.slide_position().is_some_and(|at| at > 0), "It is the first already.")
        }),
    SlideDown =
        Entry::new(Menu::Slides, "Move slide down", &["Alt+Shift+Down"], |app| app.move_slide(1)).if_possible(|app| {
            any_slide(app)?;
            let last = app.workspace().slides.len().saturating_sub(1);
            if_any(app.slide_position().is_some_and(|at| at < last), "It is the last already.")
        }),
    CopySlide = Entry::new(Menu::Slides, "Copy slide as picture", &[], |app| app.copy_picture(None))
        .if_possible(any_slide)
        .found_by(&["image", "screenshot"]),
    NextSlide = Entry::new(Menu::Slides, "Choose next slide", &[], |app| app.step_slide(1)).if_possible(any_slide),
    PreviousSlide =
        Entry::new(Menu::Slides, "Choose previous slide", &[], |app| app.step_slide(-1)).if_possible(any_slide),
    Present = Entry::new(Menu::Slides, "Present from the start", &["F5"], |app| app.asks.push(Ask::Present(0)))
        .after_line()
        .if_possible(anything_to_show)
        .found_by(&["slide show", "full screen", "projector"]),
    PresentHere = Entry::new(Menu::Slides, "Present from here", &["Shift+F5"], |app| {
        // On the board, where nothing is captured, “here” is the selected grouping.
        let on_board = app.workspace().slides.is_empty() && app.session.view.place != Place::Slides;
        let at = if on_board { app.selected_position().unwrap_or(0) } else { app.shown_slide_position() };
        app.asks.push(Ask::Present(at));
    })
    .if_possible(anything_to_show)
    .found_by(&["slide show", "full screen", "projector"]),
    Palette =
        Entry::new(Menu::View, "Find anything…", &["Ctrl+Shift+P", "Ctrl+K"], |app| app.asks.push(Ask::Palette))
            .found_by(&["search", "command"]),
    FindCountry = Entry::new(Menu::View, "Find a country", &["Ctrl+F"], App::ask_country).found_by(&["search"]),
    NextPane = Entry::new(Menu::View, "Go to next pane", &["F6"], |app| app.asks.push(Ask::Pane { back: false })),
    PreviousPane = Entry::new(Menu::View, "Go to previous pane", &["Shift+F6"], |app| {
        app.asks.push(Ask::Pane { back: true });
    }),
    ShowBoard =
        Entry::new(Menu::View, "Show board", &["Alt+1"], |app| app.session.view.place = Place::Board).after_line(),
    ShowRecord = Entry::new(Menu::View, "Show record of roll calls", &["Alt+2"], |app| {
        app.session.view.place = Place::Record;
    })
    .found_by(&["votes"]),
    ShowSlides = Entry::new(Menu::View, "Show slides", &["Alt+3"], |app| app.session.view.place = Place::Slides)
        .found_by(&["present"]),
    ShowSearch = Entry::new(Menu::View, "Search for coalitions", &["Alt+4"], |app| {
        app.session.view.place = Place::Search;
    })
    .found_by(&["find", "best design", "optimise", "front"]),
    ShowWhip = Entry::new(Menu::View, "Show whip sheet", &["Alt+5"], |app| {
        app.session.view.place = Place::Whip;
    })
    .found_by(&["own questions", "stances", "forecast", "draft"]),
    ShowPlots = Entry::new(Menu::View, "Show plots", &["Ctrl+1"], |app| app.show_tab(Tab::Plots))
        .after_line()
        .found_by(&["charts"]),
    ShowInspector = Entry::new(Menu::View, "Show inspector", &["Ctrl+2"], |app| app.show_tab(Tab::Inspector))
        .found_by(&["assumptions"]),
    ShowCompare = Entry::new(Menu::View, "Compare groupings", &["Ctrl+3"], |app| app.show_tab(Tab::Compare))
        .found_by(&["difference"]),
    ShowMoves = Entry::new(Menu::View, "Next moves", &["Ctrl+4"], |app| app.show_tab(Tab::Moves))
        .found_by(&["suggest", "what if"]),
    ToggleCountries = Entry::new(Menu::View, "Hide or show the countries", &["F7"], |app| {
        app.session.view.panes.countries ^= true;
    })
    .after_line()
    .found_by(&["left pane", "list"]),
    ToggleLive = Entry::new(Menu::View, "Hide or show the right side", &["F8"], |app| {
        app.session.view.panes.live ^= true;
    })
    .found_by(&["right pane", "plots"]),
    ToggleSides = Entry::new(Menu::View, "Hide or show both sides", &["F9"], App::toggle_sides).found_by(&[
        "panes",
        "only the board",
        "zen"
    ]),
    ToggleTheme = Entry::new(Menu::View, "Switch between light and dark", &["Ctrl+T"], |app| {
        app.asks.push(Ask::ToggleTheme);
    })
    .after_line()
    .found_by(&["theme", "night"]),
    SystemTheme = Entry::new(Menu::View, "Light or dark as the system", &[], |app| app.asks.push(Ask::SystemTheme))
        .found_by(&["theme"]),
    ToggleContrast = Entry::new(Menu::View, "Higher contrast, or as usual", &["Ctrl+Shift+T"], |app| {
        app.asks.push(Ask::ToggleContrast);
    }),
    ToggleMotion = Entry::new(Menu::View, "Reduce motion, or as usual", &[], |app| app.asks.push(Ask::ToggleMotion))
        .found_by(&["animation", "still"]),
    ResetLayout = Entry::new(Menu::View, "Reset layout", &[], App::reset_layout).found_by(&["panes", "charts"]),
    Keys = Entry::new(Menu::Help, "Keys", &["F1", "?"], |app| app.asks.push(Ask::Help(Help::Keys)))
        .found_by(&["shortcuts", "keyboard"]),
    Methods = Entry::new(Menu::Help, "What the numbers mean", &["Shift+F1"], |app| {
        app.asks.push(Ask::Help(Help::Methods));
    })
    .found_by(&["methods", "formulas"]),
    Notices = Entry::new(Menu::Help, "What was told…", &[], |app| app.asks.push(Ask::Help(Help::Notices)))
        .found_by(&["notices", "messages", "repairs", "errors"]),
    Sources = Entry::new(Menu::Help, "Sources and licences", &[], |app| app.asks.push(Ask::Help(Help::Sources)))
        .after_line()
        .found_by(&["data"]),
    About = Entry::new(Menu::Help, "About Convenor", &[], |app| app.asks.push(Ask::Help(Help::About)))
        .found_by(&["version"]),
);

impl Named {
    /// On its button now, with what it would be done to.
    #[must_use]
    pub fn words(self, app: &App) -> String {
        let entry = self.entry();
        let what = entry.what.and_then(|what| what(app));
        what.map_or_else(|| entry.label.to_owned(), |what| format!("{} {what}", entry.label))
    }

    /// Whether the command can do anything now.
    ///
    /// # Errors
    /// Why not, in a sentence.
    pub fn possible(self, app: &App) -> Possible {
        (self.entry().possible)(app)
    }

    /// Whether the command can do anything now.
    #[must_use]
    pub fn is_possible(self, app: &App) -> bool {
        self.possible(app).is_ok()
    }

    /// Does it.
    pub(super) fn run(self, app: &mut App) {
        (self.entry().run)(app);
    }
}

fn if_any(any: bool, why_not: &'static str) -> Possible {
    if any { Ok(()) } else { Err(why_not) }
}

fn picked(app: &App) -> Possible {
    let hidden = "What is selected is hidden by the search or the filter: clear them to act on it.";
    let none = "Select countries first, in the list or on a card.";
    let why_not = if app.session.picked.countries.is_empty() { none } else { hidden };
    if_any(!app.acting().countries.is_empty(), why_not)
}

fn any_grouping(app: &App) -> Possible {
    if_any(!app.workspace().groupings.is_empty(), "There is no grouping yet.")
}

fn any_slide(app: &App) -> Possible {
    if_any(!app.workspace().slides.is_empty(), "There is no slide yet: F4 captures what is on the screen.")
}

fn anything_to_show(app: &App) -> Possible {
    let any = !app.workspace().slides.is_empty() || !app.workspace().groupings.is_empty();
    if_any(any, "There is nothing to show yet: make a grouping, or capture a slide.")
}

fn selected(app: &App) -> Possible {
    any_grouping(app)?;
    if_any(app.selected().is_some(), "Select a grouping first.")
}

fn picked_and_selected(app: &App) -> Possible {
    picked(app)?;
    selected(app)
}
