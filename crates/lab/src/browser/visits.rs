//! Visits after the first.

use anyhow::Result;

use super::Browser;

impl Browser {
    /// Opens an address once more in the same tab, as a second visit does: by a page between, so that it is no reload.
    ///
    /// # Errors
    /// If the browser shows an error page instead.
    pub async fn open_again(&self, url: &str) -> Result<()> {
        self.open("about:blank").await?;
        self.open(url).await
    }
}
