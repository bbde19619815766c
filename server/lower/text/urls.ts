import { add, type Frame } from './frame.ts';

const parameter = /[?&;]([\w.-]{2,40})=([^\s&#"'<>`;,)\]}\\]{1,300})/g;

/** Passwords and parameters of URLs, wherever in the text they stand: `user:password@host` is named `url.password`. */
export function lexUrls(frame: Frame): void {
  const { text } = frame;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const tail = text.slice(start, start + 420);
    const end = /[\s"'<>`]/.exec(tail)?.index ?? tail.length;
    const user = userInfo(tail.slice(0, end));
    if (user) {
      const passwordStart = start + user.start;
      const passwordEnd = start + user.end;
      let scheme = at;
      while (scheme > 0 && at - scheme < 24 && /[A-Za-z0-9+.-]/.test(text[scheme - 1]!)) scheme--;
      add(frame, passwordStart, passwordEnd, false, /[$#{}%<]/.test(text.slice(passwordStart, passwordEnd)), { role: 'url', name: 'password', start: 0, end: 0, callee: text.slice(scheme, at) });
    }
    else tokenBefore(frame, tail.slice(0, end), start, at);
    const query = tail.slice(0, end);
    if (query.includes('?')) {
      for (const match of query.matchAll(parameter)) {
        const valueStart = start + match.index + match[0].length - match[2]!.length;
        const nameStart = start + match.index + 1;
        add(frame, valueStart, valueStart + match[2]!.length, false, /[${<]/.test(match[2]!), { role: 'url', name: match[1], start: nameStart, end: nameStart + match[1]!.length });
      }
    }
  }
}

/** A token in place of the user: `https://3f9a…@host`. */
function tokenBefore(frame: Frame, authority: string, start: number, at: number): void {
  const match = /^[A-Za-z0-9_-]{20,200}(?=@)/.exec(authority);
  if (match) add(frame, start, start + match[0].length, false, false, { role: 'url', name: 'token', start: 0, end: 0, callee: `${frame.text.slice(Math.max(0, at - 24), at).match(/[A-Za-z0-9+.-]*$/)![0]}` });
}

/**
 * The password in `user:password@host…`: from the first colon to the `@` in front of the host. It may hold `@` and `/` itself,
 * as long as an `@` follows before the next slash or at the end.
 */
function userInfo(authority: string): { readonly start: number; readonly end: number } | undefined {
  const colon = authority.indexOf(':');
  const first = authority.indexOf('@', colon + 1);
  if (colon < 0 || first < 0 || colon > 200 || /[/?#]/.test(authority.slice(0, colon))) return undefined;
  const slash = authority.indexOf('/', first);
  const end = authority.lastIndexOf('@', slash < 0 ? authority.length : slash);
  return end > colon + 1 && end - colon <= 200 ? { start: colon + 1, end } : undefined;
}
