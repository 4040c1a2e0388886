//! The facts of a notice as they are stored: JSON, compressed. More than a piece of it is compressed piece by piece while it is
//! written, so that the JSON of a large notice is nowhere whole.
use super::Notice;
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// Bytes of JSON in a piece. Nearly all notices are much less than one.
const PIECE: usize = 1024 * 1024;

/// What facts of several pieces begin with; before each piece stands its length. One alone begins with the size that it unpacks to,
/// which is never this.
const SEVERAL: [u8; 4] = u32::MAX.to_le_bytes();

/// Facts that are compressed, in as many pieces as it takes.
pub(super) struct Packed {
    pieces: Vec<Vec<u8>>,
    /// Of the JSON so far.
    pub digest: Sha256,
}

impl Packed {
    pub fn of(notice: &Notice) -> anyhow::Result<Self> {
        let mut packing = Packing { packed: Self { pieces: Vec::new(), digest: Sha256::new() }, piece: Vec::new() };
        serde_json::to_writer(&mut packing, notice).context("the facts of a notice could not be written as JSON")?;
        packing.end_piece();
        Ok(packing.packed)
    }

    /// As it is stored.
    pub fn into_bytes(mut self) -> Vec<u8> {
        match self.pieces.as_mut_slice() {
            [piece] => std::mem::take(piece),
            pieces => {
                let mut bytes = Vec::with_capacity(pieces.iter().map(|piece| piece.len() + 4).sum::<usize>() + 4);
                bytes.extend(SEVERAL);
                for piece in pieces {
                    bytes.extend((piece.len() as u32).to_le_bytes());
                    bytes.append(piece);
                }
                bytes
            }
        }
    }
}

/// The JSON of facts that were stored.
///
/// # Errors
/// When somebody else has written into the table.
pub(super) fn unpacked(facts: &[u8]) -> anyhow::Result<Vec<u8>> {
    let Some(mut rest) = facts.strip_prefix(&SEVERAL) else { return Ok(lz4_flex::decompress_size_prepended(facts)?) };
    let mut json = Vec::new();
    while let Some((length, pieces)) = rest.split_first_chunk() {
        let (piece, others) =
            pieces.split_at_checked(u32::from_le_bytes(*length) as usize).context("a piece is cut")?;
        json.append(&mut lz4_flex::decompress_size_prepended(piece)?);
        rest = others;
    }
    Ok(json)
}

/// Facts that are being compressed.
struct Packing {
    packed: Packed,
    /// The JSON that is not compressed yet.
    piece: Vec<u8>,
}

impl Packing {
    fn end_piece(&mut self) {
        self.packed.digest.update(&self.piece);
        self.packed.pieces.push(lz4_flex::compress_prepend_size(&self.piece));
        self.piece.clear();
    }
}

impl Write for Packing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() == PIECE {
            self.end_piece();
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(text: &str) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        let notice = Notice { legal_basis: Some(text.into()), ..Notice::default() };
        let packed = Packed::of(&notice).unwrap();
        let digest = packed.digest.clone().finalize().to_vec();
        (serde_json::to_vec(&notice).unwrap(), digest, packed.into_bytes())
    }

    #[test]
    fn facts_of_any_length_are_unpacked_to_the_json_that_they_are() {
        let around = packed("").0.len();
        for length in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 1] {
            // Letters of two bytes, so that a piece ends in the middle of one.
            let mut text = "ø".repeat((length.saturating_sub(around)) / 2);
            text += &"x".repeat(length.saturating_sub(around + text.len()));
            let (json, digest, bytes) = packed(&text);
            assert_eq!(unpacked(&bytes).unwrap(), json, "{length}");
            assert_eq!(digest, Sha256::digest(&json).to_vec());
            // What fits in a piece is stored as it always was.
            let is_one = json.len() <= PIECE;
            assert_eq!(bytes == lz4_flex::compress_prepend_size(&json), is_one, "{length}");
            assert_eq!(bytes.starts_with(&SEVERAL), !is_one);
        }
    }

    proptest! {
        /// Whoever else has written into the table.
        #[test]
        fn any_bytes_are_unpacked_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40), several in any::<bool>()) {
            // The size that lz4 is told would be taken at its word.
            let bytes: Vec<u8> = if several {
                let piece = lz4_flex::compress_prepend_size(&bytes);
                [&SEVERAL[..], &(piece.len() as u32).to_le_bytes(), &piece, &bytes].concat()
            } else {
                lz4_flex::compress_prepend_size(&bytes)
            };
            let _ = unpacked(&bytes[..bytes.len() - 1]);
        }
    }
}
