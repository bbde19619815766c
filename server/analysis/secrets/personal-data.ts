import type { TextRange } from '../../base/range.ts';
import type { TextItem } from '../../model/text.ts';
import { iban, luhn } from './checksums.ts';

/** Personal data in the clear: numbers whose check digits are right, or whose name says what they are. */
export interface PersonalNumber {
  readonly range: TextRange;
  readonly value: string;
  readonly what: string;
}

const card = /(?<![\d.,-])(?:\d[ -]?){12,18}\d(?![\d.,-]?\d)/g;
const issuers = /^(?:4\d{12}(?:\d{3})?(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12})$/;
/** Numbers that payment providers publish for tests. */
const testCards = /^(?:4111111111111111|4242424242424242|4000\d{12}|4012888888881881|4222222222222|4917610000000000|5555555555554444|5105105105105100|5200828282828210|2223003122003222|3782822463100(?:05)|371449635398431|378734493671000|30569309025904|38520000023237|6011111111111117|6011000990139424|3530111333300000|3566002020360505|5454545454545454|4444333322221111|5424000000000015|4988438843884305)$/;

/** Payment card numbers with a right check digit, of a known issuer, that no provider publishes for tests. */
export function cardNumbers(item: TextItem): readonly PersonalNumber[] {
  const { value, range } = item;
  if (value.length < 13 || value.length > 4_000 || item.dynamic) return [];
  return [...value.matchAll(card)].flatMap((match) => {
    const digits = match[0].replace(/[ -]/g, '');
    if (!issuers.test(digits) || testCards.test(digits) || !luhn(digits) || new Set(digits).size < 5 || !grouped(match[0])) return [];
    const named = item.name !== undefined && /card|pan\b|cc_?num|credit|payment/i.test(item.name);
    if (!named && match[0] === digits) return [];
    return [{ range: { start: range.start + match.index, end: range.start + match.index + match[0].length }, value: match[0], what: 'payment card number' }];
  });
}

function grouped(text: string): boolean {
  return /^\d+$/.test(text) || /^\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}$/.test(text) || /^\d{4}([ -])\d{6}\1\d{4,5}$/.test(text);
}

const account = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;
const exampleAccounts = new Set(['DE89370400440532013000', 'GB29NWBK60161331926819', 'GB82WEST12345698765432', 'FR1420041010050500013M02606', 'FR7630006000011234567890189', 'NL91ABNA0417164300', 'CH9300762011623852957', 'BE68539007547034', 'ES9121000418450200051332', 'IT60X0542811101000000123456', 'AT611904300234573201', 'GB33BUKB20201555555555', 'PL61109010140000071219812874', 'SE4550000000058398257466']);

/** Bank accounts (IBAN) with right check digits, apart from the examples of the registry. */
export function bankAccounts(item: TextItem): readonly PersonalNumber[] {
  const { value, range } = item;
  if (value.length < 15 || value.length > 4_000 || item.dynamic) return [];
  return [...value.matchAll(account)].flatMap((match) => {
    const compact = match[0].replaceAll(' ', '');
    if (!iban(compact) || exampleAccounts.has(compact) || /(\d)\1{7,}/.test(compact)) return [];
    return [{ range: { start: range.start + match.index, end: range.start + match.index + match[0].length }, value: match[0], what: 'bank account number' }];
  });
}

const socialSecurity = /^(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/;

/** United States social security numbers whose name says so, within the ranges that are issued. */
export function nationalIds(item: TextItem): readonly PersonalNumber[] {
  const { value, name, range } = item;
  if (name === undefined || !/(?:^|[^a-z])ssn(?:$|[^a-z])|social.?security|tax.?payer.?id|national.?id/i.test(name)) return [];
  if (!socialSecurity.test(value) || /^(?:123-45-6789|078-05-1120|219-09-9999|111-11-1111|987-65-\d{4})$/.test(value) || new Set(value).size < 5) return [];
  return [{ range, value, what: 'social security number' }];
}

/** Numbers of medical records and insured persons, by their name. */
export function medicalNumbers(item: TextItem): readonly PersonalNumber[] {
  const { value, name, range } = item;
  if (name === undefined || !/(?:^|[^a-z])mrn(?:$|[^a-z])|medical.?record|patient.?(?:id|number)|insurance.?(?:id|number)|health.?(?:id|number)/i.test(name)) return [];
  if (!/^(?:MRN[-: ]?)?[A-Z]{0,3}\d{6,10}$/i.test(value) || new Set(value.replace(/\D/g, '')).size < 4 || /^(?:1234567\d*|0+\d?|(\d)\1+)$/.test(value)) return [];
  return [{ range, value, what: 'medical record number' }];
}
