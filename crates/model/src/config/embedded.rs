//! The catalogue that is in the program: the table of the provider's article 63242. It goes through the very same checks
//! as an operator's `config.json`.

use super::read::{self, CatalogueFile, Object};
use crate::catalogue::Catalogue;

/// Where the embedded list comes from, as its file has it.
const EMBEDDED_SOURCE: &str = "provider's article 63242 on firewall configuration";

impl Catalogue {
    /// The provider's own table.
    ///
    /// # Panics
    /// Never: the embedded file is checked by a test.
    #[must_use]
    pub fn embedded() -> Self {
        let Object(file): Object<CatalogueFile> = read::parse(include_str!("../catalogue.json"))
            .expect(
                "the embedded catalogue is valid: `the_embedded_catalogue_is_the_providers_table`",
            );
        file.into()
    }

    /// Whether the list comes from where the embedded one does, which has words in every language.
    #[must_use]
    pub fn has_embedded_source(&self) -> bool {
        self.source == EMBEDDED_SOURCE
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Catalogue, Kind};

    #[test]
    fn the_embedded_catalogue_is_the_providers_table() {
        let catalogue = Catalogue::embedded();
        let rows: Vec<String> = catalogue
            .regions
            .iter()
            .map(|region| {
                format!(
                    "{} | {} | {} | {} | {}",
                    region.id,
                    region.country,
                    region.name,
                    region.https,
                    region.host_port(Kind::Tcp)
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                "toronto | Canada | Toronto | https://pop0-ccaws.mycontactcenter.net/cca.ws/default.asmx | pop0-ccans.mycontactcenter.net:443",
                "virginia | USA | Virginia | https://pop1-ccaws.mycontactcenter.net/cca.ws/default.asmx | pop1-ccans.mycontactcenter.net:443",
                "seattle | USA | Seattle | https://pop6-ccaws.mycontactcenter.net/cca.ws/default.asmx | pop6-ccans.mycontactcenter.net:443",
                "virginia-seattle | USA | Virginia, Seattle | https://pop8-ccaws.mycontactcenter.net/cca.ws/default.asmx | pop8-ccans.mycontactcenter.net:443",
            ]
        );
    }

    #[test]
    fn the_embedded_source_is_known() {
        assert!(Catalogue::embedded().has_embedded_source());
    }
}
