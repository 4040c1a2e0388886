//! A browser window: what a person does in it, in words. Everything waits for what it needs, and says what it missed.
use crate::look::Findings;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::Duration;
use thirtyfour::prelude::*;

const PATIENCE: Duration = Duration::from_secs(30);
const BEAT: Duration = Duration::from_millis(50);

pub struct Window {
    /// Never dropped: it would wait for an answer in the middle of the runtime. `Chromium` ends all windows together.
    pub(crate) driver: ManuallyDrop<WebDriver>,
    site: String,
    pub(crate) findings: Findings,
}

impl Window {
    pub fn new(driver: WebDriver, site: &str, findings: Findings) -> Self {
        Self { driver: ManuallyDrop::new(driver), site: site.to_owned(), findings }
    }

    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.site)).await.unwrap();
    }

    /// The path of the page that is shown.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    pub async fn source(&self) -> String {
        self.driver.source().await.unwrap()
    }

    /// Waits until there is such an element.
    pub async fn see(&self, css: &str) -> WebElement {
        match self.driver.query(By::Css(css)).wait(PATIENCE, BEAT).first().await {
            Ok(element) => element,
            Err(e) => panic!("no {css} at {}: {e}\n{}", self.path().await, self.words().await),
        }
    }

    /// Waits until an element says this.
    pub async fn expect(&self, css: &str, text: &'static str) {
        // An element of the page before may go stale while it is read; then it has not said it.
        let said = move |e: WebElement| async move { Ok(e.text().await.is_ok_and(|t| plain(&t).contains(text))) };
        if let Err(e) = self.driver.query(By::Css(css)).wait(PATIENCE, BEAT).with_filter(said).first().await {
            panic!("no {css} with “{text}” at {}: {e}\n{}", self.path().await, self.words().await);
        }
    }

    /// Waits until this page is shown.
    pub async fn arrive(&self, path: &str) {
        let started = tokio::time::Instant::now();
        while self.path().await != path {
            assert!(started.elapsed() < PATIENCE, "at {}, not at {path}\n{}", self.path().await, self.words().await);
            tokio::time::sleep(BEAT).await;
        }
    }

    /// What stands on the page.
    async fn words(&self) -> String {
        let Ok(main) = self.driver.find(By::Css("main")).await else { return self.source().await };
        main.text().await.unwrap_or_default()
    }

    pub async fn press(&self, css: &str) {
        let element = self.see(css).await;
        self.script("arguments[0].scrollIntoView({block: 'center'})", &element, "").await;
        if let Err(e) = element.click().await {
            panic!("{css} at {} cannot be clicked: {e}", self.path().await);
        }
    }

    /// Writes into a field, instead of what stood there.
    pub async fn fill(&self, id: &str, text: &str) {
        self.unfold(id).await;
        let field = self.field(id).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// For dates and times, which each machine has its own way to type.
    pub async fn set(&self, id: &str, value: &str) {
        let field = self.field(id).await;
        self.script("arguments[0].value = arguments[1]", &field, value).await;
    }

    pub async fn attach(&self, id: &str, file: &Path) {
        self.field(id).await.send_keys(file.display().to_string()).await.unwrap();
    }

    pub async fn tick(&self, css: &str) {
        if !self.see(css).await.is_selected().await.unwrap() {
            self.press(css).await;
        }
    }

    pub async fn choose(&self, id: &str, value: &str) {
        self.press(&format!("main #{id} option[value='{value}']")).await;
    }

    pub async fn value(&self, id: &str) -> String {
        self.field(id).await.value().await.unwrap().unwrap_or_default()
    }

    /// Opens what hides a field.
    pub async fn unfold(&self, id: &str) {
        let field = self.field(id).await;
        if !field.is_displayed().await.unwrap() {
            let summary = format!("//*[@id='{id}']/ancestor::details[not(@open)][1]/summary");
            let summary = self.driver.query(By::XPath(summary)).wait(PATIENCE, BEAT).first().await.unwrap();
            self.script("arguments[0].scrollIntoView({block: 'center'})", &summary, "").await;
            summary.click().await.unwrap();
        }
    }

    async fn field(&self, id: &str) -> WebElement {
        self.see(&format!("main #{id}")).await
    }

    async fn script(&self, script: &str, element: &WebElement, value: &str) {
        let arguments = vec![element.to_json().unwrap(), value.into()];
        self.driver.execute(script, arguments).await.unwrap();
    }

    pub async fn log_in(&self, email: &str, password: &str) {
        self.go("/logg-inn").await;
        self.fill("email", email).await;
        self.fill("password", password).await;
        self.press("main form button[type=submit]").await;
        self.see("header form[action$='/logg-ut']").await;
    }

    pub async fn close(self) {
        WebDriver::clone(&self.driver).quit().await.unwrap();
    }
}

/// Spaces that do not break are spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
