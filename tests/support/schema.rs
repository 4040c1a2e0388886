//! A schema of one's own on a PostgreSQL that others use too, gone when it is no longer held. Tests and benches include
//! this file.
use anyhow::{Context, Result};
use brobygger::platform::db::types::Id;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

pub struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// `purpose` is what its name begins with.
    pub fn make(server: &str, purpose: &str) -> Result<Self> {
        let name = format!("{purpose}_{}", Id::<()>::new().uuid().simple());
        let mut db = PgConnection::establish(server).context("PostgreSQL does not answer")?;
        db.batch_execute(&format!("CREATE SCHEMA {name}")).context("no schema can be made")?;
        Ok(Self { server: server.to_owned(), name })
    }

    /// The address that leads into it.
    pub fn url(&self) -> String {
        let join = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{join}options=-csearch_path%3D{}", self.server, self.name)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let dropped = PgConnection::establish(&self.server).map_err(anyhow::Error::from).and_then(|mut db| {
            let drop = format!("SET client_min_messages = error; DROP SCHEMA {} CASCADE", self.name);
            Ok(db.batch_execute(&drop)?)
        });
        if let Err(e) = dropped {
            eprintln!("the schema {} could not be dropped: {e:#}", self.name);
        }
    }
}
