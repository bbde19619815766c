import type { TextItem } from '../../model/text.ts';
import { isPublishedExample, placeholder } from './placeholder.ts';
import type { FoundSecret } from './secret.ts';

/** Where programs hand a variable to a function that signs or verifies with it. Bounded gaps keep the search linear. */
const uses = [
  /\b(?:jwt|jsonwt|jsonwebtoken|JWT|jwt_simple|jwtSimple|jose)\.(?:sign|verify|encode|decode|jwtVerify)\s*\([^;\n]{1,120}?,\s*(?:JWK\.asKey\(|new TextEncoder\(\)\.encode\()?([A-Za-z_$][\w$]{0,60})\s*[,)]/g,
  /\basKey\(([A-Za-z_$][\w$]{0,60})\)/g,
  /\b(?:secret|secretOrKey|secretOrPrivateKey)\s*[:=]\s*(?:Buffer\.from\()?([A-Za-z_$][\w$]{0,60})\s*[,});]/g,
  /\b(?:hmac\.new|Fernet|AES\.new|URLSafe(?:Timed)?Serializer|TimestampSigner|cookieParser)\(\s*([A-Za-z_$][\w$]{0,60})\s*[,).]/g,
  /\b(?:createHmac|createCipheriv|createDecipheriv)\(\s*[^,\n]{1,40},\s*(?:Buffer\.from\()?([A-Za-z_$][\w$]{0,60})\s*[,)]/g,
];

/** Names of variables that a program signs with. */
export function signingNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  if (!/jwt|JWT|jsonwebtoken|jose|hmac|Hmac|Fernet|AES|Serializer|Signer|cookieParser|Cipheriv|Decipheriv/.test(text)) return names;
  for (const use of uses) for (const match of text.matchAll(use)) names.add(match[1]!);
  return names;
}

/** Settings that sign sessions, beyond those for tokens: of Flask, Django, Starlette and multiprocessing. */
const sessions = /^(?:SECRET_KEY|(?:app|application|server)\.secret_key|(?:app\.config\.)?SECRET_KEY|authkey|SESSION_SECRET|COOKIE_SECRET)$/;
const frameworks = /\b(?:flask|Flask|django|BASE_DIR|FastAPI|starlette|multiprocessing|express-session|cookie-session)\b/;

const configured = /(?:^|[._])(?:JWT_SECRET(?:_KEY)?|jwtSecret|jwt_secret|SECRET_OR_KEY|secretOrKey)$/;

/** A program signs with whatever the literal says, a word such as `change-me` too; what is filled in later is not one. */
export function isLiteralKey(value: string): boolean {
  const instead = placeholder(value);
  return !isPublishedExample(value) && (instead === undefined || (instead === 'a placeholder' && !/[<>[\]]|^your|\byour\b/i.test(value)));
}

/** Python makes a tuple of what is assigned with a comma behind it: the setting is then no key. */
export function isTuple(item: TextItem, text: string): boolean {
  return item.role === 'assignment' && /^["']{1,3}[ \t]*,[ \t]*[^\s#]/.test(text.slice(item.range.end, item.range.end + 20));
}

/** A literal that is kept in such a variable, or in a setting that says it is the signing key. */
export function judgeSigning(item: TextItem, names: ReadonlySet<string>, text: string): Omit<FoundSecret, 'item'> | undefined {
  const { name, value } = item;
  if (name === undefined || !item.quoted || item.dynamic || item.within !== undefined || item.role === 'prose' || item.role === 'argument') return undefined;
  const used = (item.role === 'assignment' || item.role === 'keyword') && names.has(name);
  const session = (sessions.test(name) || (name === 'secret_key' && item.before.includes('SessionMiddleware'))) && frameworks.test(text);
  if (!used && !session && !configured.test(name)) return undefined;
  if (value.length < 4 || value.length > 300 || /[\s/]|^\.\w/.test(value) || !isLiteralKey(value)) return undefined;
  return {
    group: 'signing-key', range: item.range, value, what: 'signing key', name, confidence: 'medium',
    because: used ? 'the variable is handed to a function that signs or verifies tokens' : 'the setting is the key that sessions or tokens are signed with',
  };
}
