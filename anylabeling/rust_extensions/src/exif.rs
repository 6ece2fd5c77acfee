//! The orientation in an EXIF block, by the same rules as the Python reader.
//!
//! Format: TIFF 6.0, section 2.

const TAG_ORIENTATION: u16 = 274;
const TYPE_SHORT: u16 = 3;
const MAX_ENTRIES: usize = 4096;

/// Return 1 to 8 for a TIFF structure at the start of `data`; 1 where there is none or a wrong one.
pub fn orientation(data: &[u8]) -> u8 {
    read(data).filter(|value| (1..=8).contains(value)).map_or(1, |value| value as u8)
}

fn read(data: &[u8]) -> Option<u16> {
    let is_little = match data.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |position: usize| -> Option<u16> {
        let raw: [u8; 2] = data.get(position..position.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(raw) } else { u16::from_be_bytes(raw) })
    };
    let long = |position: usize| -> Option<u32> {
        let raw: [u8; 4] = data.get(position..position.checked_add(4)?)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(raw) } else { u32::from_be_bytes(raw) })
    };
    let start = long(4)? as usize;
    let count = usize::from(short(start)?);
    if count > MAX_ENTRIES {
        return None;
    }
    let mut found = None;
    for index in 0..count {
        let entry = start + 2 + index * 12;
        if data.len() < entry + 12 {
            break;
        }
        if short(entry)? == TAG_ORIENTATION && short(entry + 2)? == TYPE_SHORT && long(entry + 4)? == 1 {
            found = short(entry + 8);
        }
    }
    found
}
