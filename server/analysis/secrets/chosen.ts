import { filler, isPublishedExample, placeholder } from './placeholder.ts';
import { wordCoverage } from './words.ts';

/** Words that stand for a password, or name one, and are none: `my_password`, `db-pass2`, `username`. */
const named = /^(?:(?:pwd|pass|passwd|usr|user)_[a-z]+\d*|.*[-_](?:pass(?:word|wd)?|pwd|pw|auth)(?:[-_]?\d+)?|user(?:_?name)?|(?:my|your|the|some|db|new|old|user|admin|test)?[_-]?(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|key|credentials?)\d?)$/i;
/** What programs write in the place of one, and say of one. */
const words: ReadonlySet<string> = new Set([
  ...['true', 'false', 'null', 'none', 'nil', 'undefined', 'string', 'text', 'hidden', 'default', 'value', 'required', 'optional', 'empty', 'example', 'foo', 'bar', 'baz'],
  ...['invalid', 'incorrect', 'wrong', 'correct', 'valid', 'missing', 'weak', 'strong', 'blank', 'expired', 'unset', 'same', 'reset', 'forgot', 'changed', 'stored', 'hash', 'hashed', 'encrypted'],
]);

/** The word for a password in other languages, alone or in a label. */
const translated = /passwort|kennwort|mot_?de_?passe|contrase(?:ñ|n)a|senha|wachtwoord|parola|has[lł]o|heslo|l(?:ö|o)senord|adgangskode|salasana|jelsz(?:ó|o)|пароль|密码|密碼|パスワード|비밀번호/i;

/** Words of other alphabets and with accents are labels. */
export function isLabel(value: string): boolean {
  return translated.test(value) || (/[^\x00-\x7f]/.test(value) && /^[\p{L}\s-]+$/u.test(value));
}

/** Whether a literal in the place of a password is one: a word that stands for it, a look-up and filler are not. */
export function judgedPassword(value: string): boolean {
  if (value.length < 4 || value.length > 120 || /\s/.test(value) || named.test(value) || words.has(value.toLowerCase()) || /^\d{1,5}$/.test(value) || isLabel(value)) return false;
  if (/^['"]?\$\w|^[-$%<{[]|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^https?:|[{}]/.test(value)) return false;
  return placeholder(value) === undefined && !filler(value) && !isPublishedExample(value);
}

/** Tables of what is shown or named, whose entries are no passwords. */
const wording = /(?:^|[._]|[a-z](?=[A-Z]))(?:errors?|messages?|labels?|columns?|fields?|types?|titles?|hints?|icons?|ids|steps|validations?|translations?|placeholders?|rules?|routes?|scheme|selectors?|locators?|i18n|strings|names)(?:$|[._]|(?=[A-Z]))/i;

export function namesWording(name: string): boolean {
  return wording.test(name);
}

/** Everyday words with a number at most: `step2`, `TooShort8`; they name things and say things. */
export function isWording(value: string): boolean {
  return /^[A-Za-z]+(?:[-_]?[A-Za-z]+)*[-_]?\d{1,2}$/.test(value) && wordCoverage(value) >= 0.8;
}

const users = /@|^(?:root|admin|administrator|sa|postgres|scott|oracle|neo4j|elastic|guest|deploy|bob|alice|joe|user|username|test\w*)$/i;

/** Whether a literal looks chosen as a password, or stands behind a name that users have. */
export function isChosen(value: string, user: string | undefined): boolean {
  return (!/^[a-z_-]+$|^[A-Z]?[a-z]+$/.test(value) && !isWording(value)) || (user !== undefined && users.test(user));
}
