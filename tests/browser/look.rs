//! A close look at a page: pictures of it, and everything that a machine can find wrong with it.
use crate::chromium::from_environment;
use crate::window::Window;
use base64::Engine;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What was wrong on all the pages, told together at the end.
#[derive(Clone, Default)]
pub struct Findings(Arc<Mutex<Vec<String>>>);

impl Findings {
    /// # Panics
    /// If anything was found.
    pub fn expect_none(&self) {
        let found = self.0.lock().unwrap();
        assert!(found.is_empty(), "{} pages have something wrong:\n{}", found.len(), found.join("\n"));
    }
}

/// The narrowest screen that must do, and a common desk.
const SCREENS: [(&str, u32, u32); 2] = [("phone", 360, 780), ("desk", 1280, 900)];
/// Pages longer than this are cut in the picture.
const LONGEST_PICTURE: u64 = 6000;

const AXE: &str = include_str!("axe/axe.min.js");
const RUN_AXE: &str = r"
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'],
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] } })
       .then(found => done({ violations: found.violations.map(v => ({ id: v.id, help: v.help,
            nodes: v.nodes.map(n => n.target.join(' ') + '  ' + n.failureSummary) })) }))
       .catch(error => done({ failed: String(error) }));";

/// What makes a page wider than its screen.
const TOO_WIDE: &str = r"
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 1)
        .slice(0, 5).map(e => e.outerHTML.slice(0, 160));";

impl Window {
    /// Takes pictures of the page on each screen, and notes what is wrong with it.
    pub async fn look(&self, name: &str) {
        let mut wrong = Vec::new();
        self.driver.execute(AXE, Vec::new()).await.unwrap();
        for (screen, width, height) in SCREENS {
            self.resize(width, height).await;
            self.picture(&pictures().join(format!("{name}-{screen}.png")), true).await;
            wrong.extend(self.axe().await.into_iter().map(|v| format!("{screen}: {v}")));
            let wide = self.driver.execute(TOO_WIDE, Vec::new()).await.unwrap().convert::<Vec<String>>().unwrap();
            wrong.extend(wide.into_iter().map(|e| format!("{screen}: wider than the screen: {e}")));
        }
        let refused = self.driver.browser_log().await.unwrap();
        let refused = refused.into_iter().filter(|entry| entry.message.contains("Content Security Policy"));
        wrong.extend(refused.map(|entry| entry.message));
        let empty = self.driver.find_all(thirtyfour::By::Css("main h1")).await.unwrap().len() != 1;
        wrong.extend(empty.then(|| "not exactly one h1".to_owned()));
        if !wrong.is_empty() {
            let path = self.path().await;
            self.findings.0.lock().unwrap().push(format!("{name} ({path}):\n  {}", wrong.join("\n  ")));
        }
        self.for_the_readme(name).await;
    }

    async fn axe(&self) -> Vec<String> {
        let found: Value = self.driver.execute_async(RUN_AXE, Vec::new()).await.unwrap().convert().unwrap();
        let Some(violations) = found["violations"].as_array() else { panic!("axe: {found}") };
        violations
            .iter()
            .map(|v| {
                let nodes = v["nodes"].as_array().into_iter().flatten().filter_map(Value::as_str);
                format!("{} ({}):\n      {}", v["id"], v["help"], nodes.collect::<Vec<_>>().join("\n      "))
            })
            .collect()
    }

    /// The size of the page, also below what a window can be.
    async fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
        // As on a phone, where they lie over the page and take no room.
        self.driver.cdp().send_raw("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await.unwrap();
    }

    async fn picture(&self, path: &Path, whole: bool) {
        let cdp = self.driver.cdp();
        let mut wishes = json!({ "format": "png" });
        if whole {
            let sizes = cdp.send_raw("Page.getLayoutMetrics", json!({})).await.unwrap();
            let size = |name: &str| sizes["cssContentSize"][name].as_f64().unwrap() as u64;
            wishes["captureBeyondViewport"] = true.into();
            wishes["clip"] = json!({ "x": 0, "y": 0, "scale": 1,
                "width": size("width"), "height": size("height").min(LONGEST_PICTURE) });
        }
        let picture = cdp.send_raw("Page.captureScreenshot", wishes).await.unwrap();
        let bytes = base64::engine::general_purpose::STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// `README_PICTURES=docs/pictures cargo test --test browser` makes the pictures of the README.
    async fn for_the_readme(&self, name: &str) {
        let Some(folder) = from_environment("README_PICTURES") else { return };
        let picture = match name {
            "front" => "forside",
            "need-followed" => "behov",
            "respond-filled" => "svar",
            "portfolio" => "radgiver",
            _ => return,
        };
        self.resize(1280, 900).await;
        self.driver.execute("window.scrollTo(0, 0)", Vec::new()).await.unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(format!("{picture}.png"));
        self.picture(&path, false).await;
    }
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("screenshots")
}
