import { add, type Frame } from './frame.ts';

const userInfo = /^([^\s/?#"'<>`]{0,200}?):([^\s"'<>`]{1,200})@/;
const parameter = /[?&;]([\w.-]{2,40})=([^\s&#"'<>`;,)\]}\\]{1,300})/g;

/** Passwords and parameters of URLs, wherever in the text they stand: `user:password@host` is named `url.password`. */
export function lexUrls(frame: Frame, from: number, to: number): void {
  const { text } = frame;
  for (let at = text.indexOf('://', from); at >= 0 && at < to; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const tail = text.slice(start, Math.min(to, start + 420));
    const user = userInfo.exec(tail);
    if (user) {
      const [, name, secret] = user;
      const host = hostStart(secret!);
      const passwordStart = start + name!.length + 1;
      const passwordEnd = passwordStart + (host < 0 ? secret!.length : host);
      let scheme = at;
      while (scheme > 0 && at - scheme < 24 && /[A-Za-z0-9+.-]/.test(text[scheme - 1]!)) scheme--;
      if (!/\//.test(name!)) add(frame, passwordStart, passwordEnd, false, /[$#{}%<]/.test(text.slice(passwordStart, passwordEnd)), { role: 'url', name: 'password', start: 0, end: 0, callee: text.slice(scheme, at) });
    }
    const end = /[\s"'<>`]/.exec(tail)?.index ?? tail.length;
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

/** A password may hold `@` and `/` as long as a host follows the last `@`; gives where it ends, or -1 for the whole match. */
function hostStart(secret: string): number {
  const slash = secret.indexOf('/');
  const first = secret.indexOf('@');
  if (first < 0) return -1;
  return slash >= 0 && slash > first ? secret.lastIndexOf('@', slash) : secret.lastIndexOf('@');
}
