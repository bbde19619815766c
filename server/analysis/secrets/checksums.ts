/** Check digits and structure of tokens. All functions are total and give false for what they cannot read. */

const crcTable = Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (IEEE 802.3) of the characters of an ASCII text. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) crc = crcTable[(crc ^ text.charCodeAt(at)) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const base62Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export function base62(value: number, width: number): string {
  let out = '';
  for (let rest = value; out.length < width; rest = Math.floor(rest / 62)) out = base62Digits[rest % 62]! + out;
  return out;
}

/** GitHub's and npm's tokens end with the CRC-32 of the 30 characters before, in base 62. Source: github.blog, "Behind GitHub's new authentication token formats". */
export function hasBase62Checksum(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1);
  return body.length === 36 && base62(crc32(body.slice(0, 30)), 6) === body.slice(30);
}

const base32Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The AWS account that a key id of the present format was issued for, as 12 digits; undefined for other ids. The account stands
 * in bits 7 to 46 of the base-32 text behind the four-letter prefix.
 */
export function awsAccount(id: string): string | undefined {
  if (!/^A[A-Z]{3}[A-Z2-7]{16}$/.test(id)) return undefined;
  let bits = 0n;
  for (const digit of id.slice(4, 14)) bits = (bits << 5n) | BigInt(base32Digits.indexOf(digit));
  const account = (bits >> 2n) & 0x7fffffffff80n;
  return String(account >> 7n).padStart(12, '0');
}

/** Decodes base64 or base64url without padding demands; undefined where a character does not belong. */
export function decodeBase64(text: string): string | undefined {
  let out = '';
  let bits = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    let digit: number;
    if (code >= 65 && code <= 90) digit = code - 65;
    else if (code >= 97 && code <= 122) digit = code - 71;
    else if (code >= 48 && code <= 57) digit = code + 4;
    else if (code === 43 || code === 45) digit = 62;
    else if (code === 47 || code === 95) digit = 63;
    else if (code === 61) break;
    else return undefined;
    bits = (bits << 6) | digit;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += String.fromCharCode((bits >> count) & 255);
    }
  }
  return out;
}

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>> | undefined;
}

/** The header and payload of a JSON Web Token; undefined when the first part is not a JOSE header. */
export function readJwt(token: string): Jwt | undefined {
  const [head = '', body = ''] = token.split('.');
  const header = jsonOf(head);
  if (!header || typeof header['alg'] !== 'string') return undefined;
  return { header, payload: jsonOf(body) };
}

function jsonOf(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(decodeBase64(part) ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined;
  } catch {
    return undefined;
  }
}

/** Luhn's check digit (ISO/IEC 7812), of payment cards. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    let digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    if (at % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** ISO 7064 MOD 97-10, of IBANs; spaces are allowed. */
export function iban(text: string): boolean {
  const compact = text.replace(/\s+/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) rest = Number(`${rest}${Number.parseInt(character, 36)}`) % 97;
  return rest === 1;
}
