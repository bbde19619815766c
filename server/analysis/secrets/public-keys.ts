import { readJwt } from './checksums.ts';
import { wordsOf } from './credential-name.ts';
import type { TextItem } from '../../model/text.ts';

/** Forms of keys that pages and programs hand to everybody: what they may do is limited by their service. */
const forms: readonly RegExp[] = [
  // PostHog: keys of a project only write events; personal ones begin with phx_.
  /^phc_[A-Za-z0-9]{40,}$/,
  // Stripe, Clerk and others: publishable.
  /^pk_(?:live|test)_[A-Za-z0-9]+/,
  // Mapbox: public.
  /^pk\.eyJ[\w-]+\.[\w-]+$/,
  // The public halves of keys of SSH: the length and the name of their kind come first.
  /^AAAA(?:B3NzaC1|C3NzaC1lZDI1|E2VjZHNhLXNoYTIt|G3NrLXNzaC1|GnNrLXNzaC1|InNrLWVjZHNhL)/,
  // TypeORM names indexes and constraints by a hash.
  /^(?:IDX|FK|PK|UQ|REL|CHK|DF)_[0-9a-z]{16,}$/,
];
/** What a widget in a page is known by: `websiteToken`, `siteKey`. */
const widgets: ReadonlySet<string> = new Set(['website', 'site', 'widget', 'sitekey']);
/** Cloudflare's beacon stands in every page that it counts. */
const beaconBefore = /\bdata-cf-beacon\b[^}]{0,40}$/;
/** What a page starts its own counting with is there for everybody who opens it. */
const analyticsBefore = /\bposthog\.init\(\s*["'`]?$/;
/** The search key of documentation stands beside the index that it searches. */
const searchBefore = /\b(?:algolia|docsearch)\b[^}]{0,300}$/i;

const around = 300;

/** Whether a value in a text is a key and made to be seen. */
export function isPublicKey(item: TextItem, value: string, text: string): boolean {
  if (forms.some((form) => form.test(value))) return true;
  // Supabase's key for who is not signed in.
  if (value.startsWith('eyJ') && readJwt(value)?.payload?.['role'] === 'anon') return true;
  if (analyticsBefore.test(text.slice(Math.max(0, item.range.start - 40), item.range.start))) return true;
  if (item.name === undefined) return false;
  const words = wordsOf(item.name);
  if (words.some((word) => widgets.has(word)) && /^(?:token|key|sitekey)$/.test(words.at(-1)!)) return true;
  if (!/^[0-9a-f]{32}$/.test(value)) return false;
  if (beaconBefore.test(text.slice(Math.max(0, item.range.start - 80), item.range.start))) return true;
  return searchBefore.test(text.slice(Math.max(0, item.range.start - around), item.range.start)) && /\bindexName\b/.test(text.slice(item.range.end, item.range.end + around));
}
