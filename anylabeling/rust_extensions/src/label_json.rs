//! What one label file says, taken from its JSON in one pass without a tree of values.
//!
//! It takes JSON as the standard has it and the values that label files usually hold; anything else gives `Odd`, and the
//! caller reads that file in another way.

use std::borrow::Cow;

use memchr::memchr2;

/// A file that needs a more careful reader.
#[derive(Debug)]
pub struct Odd;

pub type Taken<T> = Result<T, Odd>;

const DEEPEST: usize = 100;
const INDENT: &[u8] = b"        ";
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// What counts as usual.
pub struct Rules {
    /// Shapes with these labels are left out.
    pub helper_labels: Vec<String>,
    /// The greatest amount of a coordinate.
    pub max_coordinate: f64,
    /// Kinds of shapes that have a bit of their own, at most fourteen.
    pub kinds: Vec<String>,
}

const OTHER_KIND: u16 = 1 << 14;
const DIFFICULT: u16 = 1 << 15;
const POLYGON: &str = "polygon";

/// One shape, without its outline.
pub struct ShapeFacts<'a> {
    pub label: Cow<'a, str>,
    /// Left, top, right, bottom.
    pub bounds: [f64; 4],
    pub score: f64,
}

/// What a file says beside its shapes.
#[derive(Default)]
pub struct FileFacts {
    pub checked: bool,
    pub flags: Vec<String>,
    pub text: String,
    /// A bit for each kind of shape that is there, one for kinds that have none, and one for difficult shapes.
    pub kinds: u16,
    /// Kinds that have no bit, each once.
    pub other_kinds: Vec<String>,
    /// Numbers of groups, each once.
    pub groups: Vec<i64>,
    /// Descriptions of shapes and image, one a line.
    pub remarks: String,
    /// Tags of the image, in their order.
    pub tags: Vec<String>,
}

impl FileFacts {
    fn add_kind(&mut self, kind: &str, rules: &Rules) {
        if let Some(number) = rules.kinds.iter().position(|known| known == kind) {
            self.kinds |= 1 << number;
        } else {
            self.kinds |= OTHER_KIND;
            if !self.other_kinds.iter().any(|known| known == kind) {
                self.other_kinds.push(kind.to_owned());
            }
        }
    }
}

/// Read a file, handing over its shapes one by one.
pub fn read<'a>(text: &'a str, rules: &Rules, mut on_shape: impl FnMut(ShapeFacts<'a>)) -> Taken<FileFacts> {
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0 };
    let mut facts = FileFacts::default();
    let mut last_texts = [None, None];
    let mut seen = Seen::default();
    parser.object(|parser, key| match key {
        "shapes" => {
            seen.mark(0)?;
            parser.array(|parser| {
                if let Some(shape) = shape(parser, rules, &mut facts)? {
                    on_shape(shape);
                }
                Ok(())
            })
        }
        "flags" => {
            seen.mark(1)?;
            facts.flags = flags(parser)?;
            Ok(())
        }
        "checked" => {
            seen.mark(2)?;
            facts.checked = parser.truth()?.unwrap_or(false);
            Ok(())
        }
        "image_text" => {
            seen.mark(3)?;
            last_texts[0] = parser.string_or_null()?;
            Ok(())
        }
        "description" => {
            seen.mark(4)?;
            last_texts[1] = parser.string_or_null()?;
            Ok(())
        }
        "tags" => {
            seen.mark(5)?;
            facts.tags = tags(parser)?;
            Ok(())
        }
        _ => parser.skip(1),
    })?;
    parser.end()?;
    if !seen.has(0) {
        return Err(Odd);
    }
    if let Some(remark) = &last_texts[1] {
        add_line(&mut facts.remarks, remark);
    }
    for text in last_texts.into_iter().flatten() {
        add_line(&mut facts.text, &text);
    }
    Ok(facts)
}

fn shape<'a>(parser: &mut Parser<'a>, rules: &Rules, facts: &mut FileFacts) -> Taken<Option<ShapeFacts<'a>>> {
    let mut seen = Seen::default();
    let (mut label, mut outline, mut score) = (None, None, 1.0);
    let (mut text, mut description) = (None, None);
    let (mut kind, mut group, mut difficult) = (None, None, false);
    parser.object(|parser, key| {
        match key {
            "label" => {
                seen.mark(0)?;
                label = Some(parser.string()?);
            }
            "points" => {
                seen.mark(1)?;
                outline = Some(outline_of(parser, rules.max_coordinate)?);
            }
            "shape_type" => {
                seen.mark(2)?;
                kind = parser.string_or_null()?.filter(|kind| !kind.is_empty());
            }
            "score" => {
                seen.mark(3)?;
                score = parser.number_or_null()?.unwrap_or(1.0);
            }
            "text" => {
                seen.mark(4)?;
                text = parser.string_or_null()?;
            }
            "description" => {
                seen.mark(5)?;
                description = parser.string_or_null()?;
            }
            "group_id" => {
                seen.mark(6)?;
                group = parser.whole_number()?;
            }
            "difficult" => {
                seen.mark(7)?;
                difficult = parser.peek() == b't';
                parser.skip(2)?;
            }
            _ => parser.skip(2)?,
        }
        Ok(())
    })?;
    let (label, outline) = (label.ok_or(Odd)?, outline.ok_or(Odd)?);
    if score.abs() > rules.max_coordinate {
        return Err(Odd);
    }
    if outline.count == 0 || rules.helper_labels.iter().any(|helper| *helper == *label) {
        return Ok(None);
    }
    if let Some(remark) = &description {
        add_line(&mut facts.remarks, remark);
    }
    for line in [text, description].into_iter().flatten() {
        add_line(&mut facts.text, &line);
    }
    let kind = kind.as_deref().unwrap_or(POLYGON);
    let is_circle = kind == "circle";
    facts.add_kind(kind, rules);
    if difficult {
        facts.kinds |= DIFFICULT;
    }
    if let Some(number) = group.filter(|number| !facts.groups.contains(number)) {
        facts.groups.push(number);
    }
    let bounds = if is_circle && outline.count == 2 { outline.around() } else { outline.bounds };
    Ok(Some(ShapeFacts { label, bounds, score }))
}

struct Outline {
    count: usize,
    first: [f64; 4],
    bounds: [f64; 4],
}

impl Outline {
    /// The box of a circle that is given by its centre and a point of its rim.
    fn around(&self) -> [f64; 4] {
        let [x, y, rim_x, rim_y] = self.first;
        let radius = (rim_x - x).hypot(rim_y - y);
        [x - radius, y - radius, x + radius, y + radius]
    }
}

fn outline_of(parser: &mut Parser<'_>, max_coordinate: f64) -> Taken<Outline> {
    let mut outline = Outline {
        count: 0,
        first: [0.0; 4],
        bounds: [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
    };
    parser.array(|parser| {
        parser.take(b'[')?;
        parser.space();
        let x = parser.number()?;
        parser.space();
        parser.take(b',')?;
        parser.space();
        let y = parser.number()?;
        parser.space();
        parser.take(b']')?;
        if !(x.abs() <= max_coordinate && y.abs() <= max_coordinate) {
            return Err(Odd);
        }
        if outline.count < 2 {
            outline.first[2 * outline.count] = x;
            outline.first[2 * outline.count + 1] = y;
        }
        outline.count += 1;
        let [left, top, right, bottom] = outline.bounds;
        outline.bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
        Ok(())
    })?;
    Ok(outline)
}

fn flags(parser: &mut Parser<'_>) -> Taken<Vec<String>> {
    let mut set = Vec::new();
    let mut names: Vec<String> = Vec::new();
    if parser.null() {
        return Ok(set);
    }
    parser.object(|parser, name| {
        if names.iter().any(|known| known == name) {
            return Err(Odd);
        }
        names.push(name.to_owned());
        if parser.truth()?.ok_or(Odd)? {
            set.push(name.to_owned());
        }
        Ok(())
    })?;
    set.sort_unstable();
    Ok(set)
}

fn tags(parser: &mut Parser<'_>) -> Taken<Vec<String>> {
    let mut tags = Vec::new();
    if !parser.null() {
        parser.array(|parser| {
            tags.push(parser.string()?.into_owned());
            Ok(())
        })?;
    }
    Ok(tags)
}

fn add_line(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// Which keys of an object were there: one that stands twice makes a file odd.
#[derive(Default)]
struct Seen(u8);

impl Seen {
    fn mark(&mut self, key: u8) -> Taken<()> {
        if self.has(key) {
            return Err(Odd);
        }
        self.0 |= 1 << key;
        Ok(())
    }

    fn has(&self, key: u8) -> bool {
        self.0 & (1 << key) != 0
    }
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> u8 {
        // No JSON holds a zero outside of strings, where it is not peeked at.
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
            // Most label files are indented: half of them is spaces.
            while self.bytes.get(self.at..self.at + 8).is_some_and(|next| next == INDENT) {
                self.at += 8;
            }
        }
    }

    fn take(&mut self, wanted: u8) -> Taken<()> {
        if self.peek() != wanted {
            return Err(Odd);
        }
        self.at += 1;
        Ok(())
    }

    fn end(&mut self) -> Taken<()> {
        self.space();
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(Odd)
        }
    }

    /// Go over `{"key": value, ...}`; the function takes the value.
    fn object(&mut self, mut each: impl FnMut(&mut Self, &str) -> Taken<()>) -> Taken<()> {
        self.space();
        self.take(b'{')?;
        self.space();
        if self.peek() == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.space();
            let key = self.string()?;
            self.space();
            self.take(b':')?;
            self.space();
            each(self, &key)?;
            self.space();
            match self.peek() {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(Odd),
            }
        }
    }

    /// Go over `[value, ...]`; the function takes the value.
    fn array(&mut self, mut each: impl FnMut(&mut Self) -> Taken<()>) -> Taken<()> {
        self.space();
        self.take(b'[')?;
        self.space();
        if self.peek() == b']' {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.space();
            each(self)?;
            self.space();
            match self.peek() {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(Odd),
            }
        }
    }

    fn literal(&mut self, word: &str) -> bool {
        let is_there = self.bytes[self.at..].starts_with(word.as_bytes());
        if is_there {
            self.at += word.len();
        }
        is_there
    }

    fn null(&mut self) -> bool {
        self.literal("null")
    }

    fn truth(&mut self) -> Taken<Option<bool>> {
        if self.literal("false") {
            Ok(Some(false))
        } else if self.literal("true") {
            Ok(Some(true))
        } else if self.null() {
            Ok(None)
        } else {
            Err(Odd)
        }
    }

    fn string_or_null(&mut self) -> Taken<Option<Cow<'a, str>>> {
        if self.null() {
            return Ok(None);
        }
        self.string().map(Some)
    }

    fn number_or_null(&mut self) -> Taken<Option<f64>> {
        if self.null() {
            return Ok(None);
        }
        self.number().map(Some)
    }

    /// Pass any value by; a whole number that is not too large is returned.
    fn whole_number(&mut self) -> Taken<Option<i64>> {
        let start = self.at;
        self.skip(2)?;
        Ok(self.text.get(start..self.at).and_then(|text| text.parse().ok()))
    }

    fn string(&mut self) -> Taken<Cow<'a, str>> {
        let (start, end, is_plain) = self.raw_string()?;
        let raw = self.text.get(start..end).ok_or(Odd)?;
        if is_plain {
            Ok(Cow::Borrowed(raw))
        } else {
            unescaped(raw).map(Cow::Owned)
        }
    }

    /// Return begin and end of what is between the quotes, and whether nothing in it is escaped.
    fn raw_string(&mut self) -> Taken<(usize, usize, bool)> {
        self.take(b'"')?;
        let start = self.at;
        let mut is_plain = true;
        loop {
            let found = memchr2(b'"', b'\\', &self.bytes[self.at..]).ok_or(Odd)?;
            self.at += found;
            if self.bytes[self.at] == b'"' {
                break;
            }
            is_plain = false;
            self.at += 2;
            if self.at > self.bytes.len() {
                return Err(Odd);
            }
        }
        let end = self.at;
        self.at += 1;
        if self.bytes[start..end].iter().any(|byte| *byte < 0x20) {
            return Err(Odd);
        }
        Ok((start, end, is_plain))
    }

    fn number(&mut self) -> Taken<f64> {
        let start = self.at;
        let is_negative = self.peek() == b'-';
        self.at += usize::from(is_negative);
        let mut digits = 0u64;
        let whole = self.digits(&mut digits);
        // No number begins with a zero that is followed by another digit.
        if whole == 0 || (whole > 1 && self.bytes[self.at - whole] == b'0') {
            return Err(Odd);
        }
        let mut fraction = 0;
        if self.peek() == b'.' {
            self.at += 1;
            fraction = self.digits(&mut digits);
            if fraction == 0 {
                return Err(Odd);
            }
        }
        let has_exponent = matches!(self.peek(), b'e' | b'E');
        if has_exponent {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            if self.digits(&mut 0) == 0 {
                return Err(Odd);
            }
        }
        // Up to here both numbers are exact, so one division rounds as it should.
        if !has_exponent && whole + fraction <= 18 && digits < 1 << 53 {
            let value = digits as f64 / EXACT_POWERS[fraction];
            return Ok(if is_negative { -value } else { value });
        }
        self.text.get(start..self.at).ok_or(Odd)?.parse().map_err(|_| Odd)
    }

    fn digits(&mut self, value: &mut u64) -> usize {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            *value = value.wrapping_mul(10).wrapping_add(u64::from(self.peek() - b'0'));
            self.at += 1;
        }
        self.at - start
    }

    /// Pass a value by, looking whether it is JSON.
    fn skip(&mut self, depth: usize) -> Taken<()> {
        if depth > DEEPEST {
            return Err(Odd);
        }
        match self.peek() {
            b'"' => {
                let (start, end, is_plain) = self.raw_string()?;
                if !is_plain {
                    unescaped(self.text.get(start..end).ok_or(Odd)?)?;
                }
                Ok(())
            }
            b'{' => self.object(|parser, _key| parser.skip(depth + 1)),
            b'[' => self.array(|parser| parser.skip(depth + 1)),
            b't' | b'f' | b'n' => self.truth().map(|_| ()),
            _ => self.number().map(|_| ()),
        }
    }
}

fn unescaped(raw: &str) -> Taken<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(place) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..place]);
        let kind = *rest.as_bytes().get(place + 1).ok_or(Odd)?;
        let mut used = 2;
        text.push(match kind {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = unit(rest, place + 2)?;
                used = 6;
                if (0xd800..0xdc00).contains(&high) {
                    if rest.get(place + 6..place + 8) != Some("\\u") {
                        return Err(Odd);
                    }
                    let low = unit(rest, place + 8)?;
                    used = 12;
                    let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Odd)?;
                    char::from_u32(0x10000 + ((high - 0xd800) << 10) + low).ok_or(Odd)?
                } else {
                    char::from_u32(high).ok_or(Odd)?
                }
            }
            _ => return Err(Odd),
        });
        rest = rest.get(place + used..).ok_or(Odd)?;
    }
    text.push_str(rest);
    Ok(text)
}

fn unit(text: &str, at: usize) -> Taken<u32> {
    let digits = text.get(at..at + 4).ok_or(Odd)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Odd);
    }
    u32::from_str_radix(digits, 16).map_err(|_| Odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let kinds = vec!["polygon".to_owned(), "circle".to_owned()];
        Rules { helper_labels: vec!["AUTOLABEL_ADD".to_owned()], max_coordinate: 1e9, kinds }
    }

    fn labels(text: &str) -> Taken<Vec<(String, [f64; 4], f64)>> {
        let mut found = Vec::new();
        read(text, &rules(), |shape| found.push((shape.label.into_owned(), shape.bounds, shape.score)))?;
        Ok(found)
    }

    #[test]
    fn shapes_are_read() {
        let text = r#" {"shapes": [
            {"label": "a\u00e9\ud83d\ude00", "points": [[1, 2.5], [-3e1, 4]], "score": 0.5, "x": {"y": [null, true]}},
            {"label": "AUTOLABEL_ADD", "points": [[1, 2]]}, {"label": "none", "points": []},
            {"shape_type": "circle", "points": [[10, 10], [13, 14]], "label": "c", "score": null}
        ]} "#;
        assert_eq!(
            labels(text).unwrap_or_default(),
            vec![
                ("a\u{e9}\u{1f600}".to_owned(), [-30.0, 2.5, 1.0, 4.0], 0.5),
                ("c".to_owned(), [5.0, 5.0, 15.0, 15.0], 1.0)
            ]
        );
    }

    #[test]
    fn the_rest_is_read() {
        let text = r#"{"flags": {"b": true, "a": true, "c": false}, "checked": true, "image_text": "end",
            "shapes": [{"description": "two", "text": "one", "label": "x", "points": [[0, 0]]}], "description": ""}"#;
        let facts = read(text, &rules(), |_| ()).unwrap_or_default();
        assert_eq!((facts.checked, facts.text.as_str()), (true, "one\ntwo\nend"));
        assert_eq!(facts.flags, vec!["a", "b"]);
    }

    #[test]
    fn tags_keep_their_order() {
        let text = r#"{"tags": ["b", "a\u00e9", "b"], "shapes": []}"#;
        let facts = read(text, &rules(), |_| ()).unwrap_or_default();
        assert_eq!(facts.tags, vec!["b", "a\u{e9}", "b"]);
        for odd in [r#"["a", 1]"#, r#""a""#, r#"{"a": 1}"#, r#"["a"], "tags": []"#] {
            assert!(read(&format!(r#"{{"shapes": [], "tags": {odd}}}"#), &rules(), |_| ()).is_err());
        }
        let none = read(r#"{"shapes": [], "tags": null}"#, &rules(), |_| ()).unwrap_or_default();
        assert!(none.tags.is_empty());
    }

    #[test]
    fn kinds_groups_and_remarks_are_read() {
        let text = r#"{"description": "last", "shapes": [
            {"label": "x", "points": [[0, 0]], "shape_type": null, "group_id": 7, "difficult": true},
            {"label": "x", "points": [[0, 0]], "shape_type": "mask", "group_id": 7, "description": "first"},
            {"label": "x", "points": [[0, 0]], "group_id": 1.5, "difficult": "true"},
            {"label": "AUTOLABEL_ADD", "points": [[0, 0]], "shape_type": "circle", "group_id": 3}
        ]}"#;
        let facts = read(text, &rules(), |_| ()).unwrap_or_default();
        assert_eq!(facts.kinds, 1 | OTHER_KIND | DIFFICULT);
        assert_eq!((facts.other_kinds, facts.groups), (vec!["mask".to_owned()], vec![7]));
        assert_eq!(facts.remarks, "first\nlast");
    }

    #[test]
    fn whatever_is_unusual_is_left_to_others() {
        let shape = |inner: &str| format!(r#"{{"shapes": [{{{inner}}}]}}"#);
        for text in [
            "",
            "{}",
            "[]",
            r#"{"shapes": null}"#,
            r#"{"shapes": []} x"#,
            r#"{"shapes": [], "shapes": []}"#,
            r#"{"shapes": [],}"#,
            r#"{"shapes": [], "a": 01}"#,
            r#"{"shapes": [], "a": NaN}"#,
            r#"{"shapes": [], "a": "\x"}"#,
            r#"{"shapes": [], "a": "\ud800"}"#,
            "{\"shapes\": [], \"a\": \"\n\"}",
            r#"{"shapes": [], "flags": {"a": 1}}"#,
            r#"{"shapes": [], "checked": 1}"#,
            r#"{"shapes": [], "a": "b\"#,
            &shape(r#""label": 1, "points": [[1, 2]]"#),
            &shape(r#""points": [[1, 2]]"#),
            &shape(r#""label": "a""#),
            &shape(r#""label": "a", "points": [[1, 2, 3]]"#),
            &shape(r#""label": "a", "points": [[1, true]]"#),
            &shape(r#""label": "a", "points": [[1, 1e10]]"#),
            &shape(r#""label": "a", "points": [[1, 2]], "score": "1""#),
            &format!(r#"{{"shapes": [], "a": {}}}"#, "[".repeat(100_000)),
        ] {
            assert!(labels(text).is_err(), "{text}");
        }
    }
}
