import { filler, isPublishedExample, placeholder } from './placeholder.ts';

/** Words that stand for a password, or name one, and are none. */
const stand = /^(?:.*[-_](?:pass(?:word|wd)?|pwd|pw|auth)(?:[-_]?\d+)?|user(?:_?name)?|(?:my|your|the|some|db|new|old|user|admin|test)?[_-]?(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|key|credentials?)\d?|true|false|null|none|nil|undefined|string|text|hidden|default|value|required|optional|empty|example|foo|bar|baz|invalid|incorrect|wrong|correct|valid|missing|weak|strong|blank|expired|not|set|unset|same|reset|forgot|changed|stored|hashed|encrypted|\d{1,5})$/i;

/** Whether a literal in the place of a password is one: a word that stands for it, a look-up and filler are not. */
export function judgedPassword(value: string): boolean {
  if (value.length < 4 || value.length > 120 || /\s/.test(value) || stand.test(value)) return false;
  if (/^['"]?\$\w|^[-$%<{[]|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^https?:|[{}]/.test(value)) return false;
  return placeholder(value) === undefined && !filler(value) && !isPublishedExample(value);
}
