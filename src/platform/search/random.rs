//! Chance for tests that is the same every time.

/// A small generator.
pub(super) struct Random(pub u64);

impl Random {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// Any characters, with many that matter to the analysis.
    pub(super) fn text(&mut self, longest: u64) -> String {
        const SPECIAL: &[char] = &[
            'a', 'e', 'o', 'å', 'æ', 'ø', 'Å', 's', 'n', 'g', ' ', ' ', '-', '\'', '’', '\u{ad}', '\u{30a}', '\u{308}',
            '\u{200b}', 'ß', 'İ', 'ǅ', '1', '٣', '\n', '\0', '<', '&', '字', '🚲',
        ];
        let char = |random: &mut Self| match random.below(3) {
            0 => char::from_u32(random.below(0x11_0000) as u32).unwrap_or(' '),
            _ => SPECIAL[random.below(SPECIAL.len() as u64) as usize],
        };
        (0..self.below(longest)).map(|_| char(self)).collect()
    }
}
