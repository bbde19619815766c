/** What rules may ask of secrets and texts. */
export { base62, crc32, iban, luhn } from '../analysis/secrets/checksums.ts';
export { isTrialPath } from '../analysis/secrets/find.ts';
export { wordsOf } from '../analysis/secrets/credential-name.ts';
export { isPublishedExample, placeholder } from '../analysis/secrets/placeholder.ts';
export { article, mask, type FoundSecret, type SecretGroup } from '../analysis/secrets/secret.ts';
export { gitIgnored } from '../analysis/ignored.ts';
export { hashText } from '../base/hash.ts';
export { vaultFixes } from '../fix/vault/fixes.ts';
export type { Fix } from '../model/fix.ts';
export type { TextItem } from '../model/text.ts';
export { bankAccounts, cardNumbers, medicalNumbers, nationalIds, type PersonalNumber } from '../analysis/secrets/personal-data.ts';
