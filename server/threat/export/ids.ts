import { hashText } from '../../base/hash.ts';

/** A UUID that depends on the text alone. */
export function uuidOf(text: string): string {
  const hash = hashText(text);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Letters, digits and dashes, unique with a short hash. */
export function slugOf(text: string): string {
  return `${text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60)}-${hashText(text).slice(0, 6)}`;
}
