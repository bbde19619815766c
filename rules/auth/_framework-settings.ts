import type { Value } from '../../server/rule/code.ts';

/** What is wrong with a setting of Flask, Django or what is built on them; `owned` when it is surely one. */
export function setting(key: string, given: Value, owned: boolean): string | undefined {
  const value = given.constant;
  const items = given.items?.map((item) => item.constant);
  switch (key) {
    case 'DEBUG': case 'debug': return value === true && owned ? 'Debug pages show settings and run code for anybody who reaches them.' : undefined;
    case 'SECRET_KEY': case 'secret_key': case 'JWT_SECRET_KEY': return typeof value === 'string' && !/^(.)\1*$|^$/.test(value) && owned ? 'The key that signs sessions is written in the program.' : undefined;
    case 'SESSION_COOKIE_SECURE': case 'CSRF_COOKIE_SECURE': case 'REMEMBER_COOKIE_SECURE': return value === false ? 'The session’s cookie is sent over connections that are not encrypted.' : undefined;
    case 'SESSION_COOKIE_HTTPONLY': case 'REMEMBER_COOKIE_HTTPONLY': return value === false ? 'Scripts of the page can read the session’s cookie.' : undefined;
    case 'SESSION_SERIALIZER': return typeof value === 'string' && /PickleSerializer$/.test(value) ? 'Who can write a session, or knows the key that signs it, runs code.' : undefined;
    case 'PASSWORD_HASHERS': return typeof items?.[0] === 'string' && /(?:MD5|SHA1|Unsalted\w*|Crypt)PasswordHasher$/.test(items[0]) ? 'Passwords are kept with a hash that is fast or broken.' : undefined;
    case 'WTF_CSRF_ENABLED': return value === false ? 'Other sites can send forms in a user’s name.' : undefined;
    case 'CORS_ALLOW_ALL_ORIGINS': case 'CORS_ORIGIN_ALLOW_ALL': return value === true ? 'Pages of any site may call this one.' : undefined;
    case 'ALLOWED_HOSTS': return items?.includes('*') ? 'Requests for any host name are answered, and links made from it.' : undefined;
    case 'SECURE_SSL_REDIRECT': return value === false && owned ? 'Pages are answered over connections that are not encrypted.' : undefined;
    case 'SECURE_HSTS_SECONDS': return value === 0 && owned ? 'Browsers may come back over connections that are not encrypted.' : undefined;
    case 'SECURE_CONTENT_TYPE_NOSNIFF': return value === false ? 'Browsers guess what an upload is, a page with scripts for one.' : undefined;
    case 'X_FRAME_OPTIONS': return typeof value === 'string' && !/^(?:DENY|SAMEORIGIN)$/i.test(value) && owned ? 'Pages of any site may show this one in a frame and have it clicked.' : undefined;
    case 'CSRF_TRUSTED_ORIGINS': return items?.some((one) => typeof one === 'string' && /^(?:https?:\/\/)?\*$/.test(one)) ? 'Other sites can send forms in a user’s name.' : undefined;
    case 'WTF_CSRF_CHECK_DEFAULT': case 'JWT_COOKIE_CSRF_PROTECT': return value === false ? 'Other sites can send forms in a user’s name.' : undefined;
    case 'JWT_COOKIE_SECURE': return value === false ? 'The token’s cookie is sent over connections that are not encrypted.' : undefined;
    case 'JWT_ACCESS_TOKEN_EXPIRES': case 'JWT_REFRESH_TOKEN_EXPIRES': return value === false ? 'A token that once leaked works for ever.' : undefined;
    case 'CORS_ORIGINS': case 'CORS_ALLOWED_ORIGINS': return value === '*' || items?.includes('*') ? 'Pages of any site may call this one.' : undefined;
    case 'CORS_ALLOWED_ORIGIN_REGEXES': case 'CORS_ORIGIN_REGEX_WHITELIST': return items?.some((one) => typeof one === 'string' && /^\^?(?:https?\??:\/\/)?\.[*+]\$?$/.test(one)) ? 'Pages of any site may call this one.' : undefined;
    case 'AUTH_ROLE_PUBLIC': return typeof value === 'string' && /^(?:Admin|Alpha|Op|User)$/.test(value) ? 'Whoever has not signed in has the role.' : undefined;
    case 'TALISMAN_ENABLED': return value === false ? 'Pages are answered without the headers that protect them.' : undefined;
    case 'SECURITY_PASSWORD_HASH': return typeof value === 'string' && /^(?:plaintext|md5|sha1|hex_|des|sha256$|sha512$)/.test(value) ? 'Passwords are kept with a hash that is fast or broken.' : undefined;
    case 'session_protection': return value === null && owned ? 'A session that was stolen works from anywhere.' : undefined;
    case 'AUTH_PASSWORD_VALIDATORS': return items?.length === 0 && given.complete !== false && owned ? 'Any password is accepted, a single letter as well.' : undefined;
    case 'REST_FRAMEWORK': {
      const names = (one: string): readonly unknown[] => given.fields?.get(one)?.items?.map((item) => item.constant) ?? [];
      const open = names('DEFAULT_PERMISSION_CLASSES').some((one) => typeof one === 'string' && one.endsWith('.AllowAny'));
      return open ? 'Whoever has not signed in may call every view that says nothing else.' : undefined;
    }
    case 'MIDDLEWARE': {
      const sessions = items?.includes('django.contrib.sessions.middleware.SessionMiddleware') && items.includes('django.contrib.auth.middleware.AuthenticationMiddleware');
      return sessions && given.complete !== false && items!.every((one) => typeof one === 'string') && !items!.some((one) => /csrf/i.test(String(one))) ? 'Other sites can send forms in a user’s name, for CsrfViewMiddleware is missing.' : undefined;
    }
    default: return undefined;
  }
}
