//! Passwords: what we accept, and how we keep them (argon2id).
use crate::{Error, FieldError, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// NIST SP 800-63B, 3.1.1.2 (2025) asks for 15 where the password stands alone; 12 with throttling is our choice.
const MIN: usize = 12;
/// Long enough for any sentence; a bound, so that nobody makes us hash megabytes.
const MAX: usize = 200;

pub struct Password(String);

impl Password {
    /// # Errors
    /// `Invalid` if it is too short, too long, or one character over and over.
    pub fn parse(field: &'static str, text: &str) -> Result<Self, FieldError> {
        let length = text.chars().count();
        if text.is_empty() {
            return Err(FieldError::new(field, "required"));
        }
        if length < MIN {
            return Err(FieldError::new(field, "password-short").with("min", MIN));
        }
        if length > MAX {
            return Err(FieldError::new(field, "too-long").with("max", MAX).with("length", length));
        }
        if text.chars().collect::<std::collections::HashSet<_>>().len() < 4 {
            return Err(FieldError::new(field, "password-simple"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Hashes and verifies. Both take tens of milliseconds on purpose: never call them inside a transaction.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    /// Verified when there is no such user, so that the answer takes as long as when there is one.
    nobody: String,
}

impl Passwords {
    /// `memory_kib`: kibibytes that one hash needs.
    ///
    /// # Errors
    /// When argon2 refuses the parameters.
    pub fn new(memory_kib: u32) -> Result<Self> {
        let params = Params::new(memory_kib, Params::DEFAULT_T_COST, Params::DEFAULT_P_COST, None)
            .map_err(|e| anyhow::anyhow!("identity.password_memory_kib: {e}"))?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut made = Self { argon, nobody: String::new() };
        made.nobody = made.hash(&Password("nobody has this password".to_owned()))?;
        Ok(made)
    }

    /// # Errors
    /// When the machine gives no random salt.
    pub fn hash(&self, password: &Password) -> Result<String> {
        let hash = self.argon.hash_password(password.0.as_bytes());
        Ok(hash.map_err(|e| Error::Internal(anyhow::anyhow!("a password could not be hashed: {e}")))?.to_string())
    }

    /// Does `text` match the hash of this user, or of nobody?
    pub fn verify(&self, text: &str, hash: Option<&str>) -> bool {
        if text.chars().count() > MAX {
            return false;
        }
        let Ok(parsed) = PasswordHash::new(hash.unwrap_or(&self.nobody)) else { return false };
        self.argon.verify_password(text.as_bytes(), &parsed).is_ok() && hash.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_verified_and_weak_ones_are_refused() {
        let passwords = Passwords::new(8).unwrap();
        let hash = passwords.hash(&Password::parse("password", "riktig hest batteri").unwrap()).unwrap();
        assert!(passwords.verify("riktig hest batteri", Some(&hash)));
        assert!(!passwords.verify("riktig hest batter1", Some(&hash)));
        assert!(!passwords.verify("nobody has this password", None));
        for (weak, code) in [("", "required"), ("kort", "password-short"), ("aaaaaaaaaaaaaa", "password-simple")] {
            assert_eq!(Password::parse("password", weak).err().map(|e| e.code), Some(code));
        }
        assert_eq!(Password::parse("password", &"lang".repeat(99)).err().map(|e| e.code), Some("too-long"));
    }
}
