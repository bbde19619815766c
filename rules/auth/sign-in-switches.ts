import type { Rule } from '../../server/rule/rule.ts';
import { sample } from '../_samples.ts';
import { switchRule, type SwitchRow } from '../_switches.ts';

const login = 'The answer of the provider is not tied to the sign-in that asked for it, and somebody else’s can be slipped in.';

const rows: readonly SwitchRow[] = [
  { names: ['disableIdTokenNonceBinding', 'allowIdpInitiated', 'skipStateCookieCheck'], message: login },
  { names: ['disablePrivateKeyEncryption'], message: 'Whoever reads the database signs tokens for every user.' },
  { names: ['allowImpersonatingAdmins'], message: 'An administrator can act as any other, and the log shows the other one.', severity: 'low' },
  { names: ['skipVerificationOnEnable'], message: 'The second factor counts before anybody has shown that they have it.', severity: 'low' },
  { names: ['skipSignatureValidation'], message: 'Whoever finds the address starts jobs, for nobody checks who sends them.', severity: 'high' },
  { names: ['allowInsecureKeySizes'], of: /^jsonwebtoken\b/, message: 'Tokens are signed with a key so short that it can be computed.' },
  { names: ['allowInvalidAsymmetricKeyTypes'], of: /^jsonwebtoken\b/, message: 'Tokens count that were signed with a key made for another algorithm.' },
  { names: ['ignoreNotBefore'], of: /^jsonwebtoken\b/, message: 'Tokens count before the time from which they are meant to.', severity: 'low' },
  { names: ['verify_expiry'], bad: [false], of: /^litestar\b/, message: 'A token that once leaked works for ever.' },
  { names: ['verify_not_before'], bad: [false], of: /^litestar\b/, message: 'Tokens count before the time from which they are meant to.', severity: 'low' },
  { names: ['require_authorization_consent'], bad: [false], message: 'A page of any site can have a user who has signed in let a client of its own in, for the user is not asked.' },
  { names: ['allowed_client_redirect_uris'], bad: ['*'], message: 'The code of a sign-in is sent to whatever address the client names.' },
  { names: ['isDev'], of: /^inngest\b/, message: 'Whoever finds the address starts jobs, for nobody checks who sends them.' },
  { names: ['debug'], of: /^(?:next-auth|@auth\/)/, message: 'Tokens and profiles of users are written to the log.', severity: 'low' },
  { names: ['secure'], bad: [false], of: /^(?:e2b|@e2b\/)/, message: 'Whoever learns the number of the sandbox runs what they like in it.' },
  { names: ['allowInsecureJwks'], message: 'The keys that tokens are checked with come over a connection that is not encrypted.' },
  { names: ['arbitrary_channels_allowed'], of: /^litestar\b/, message: 'Callers listen in on, and make, whatever channel they name.' },
  { names: ['strict_cors'], bad: [false], of: /^gradio\b/, message: 'Pages of other sites may ask the demo that runs on this machine.', severity: 'low' },
  { names: ['unsafe_skip_rsa_key_validation'], message: 'A key that somebody made wrong on purpose is taken as it is.', severity: 'low' },
];

export default [
  switchRule({
    id: 'auth/sign-in-safeguard-off', title: 'Safeguard of a sign-in switched off', severity: 'medium', references: ['CWE-287', 'CWE-346', 'IA-2'], rows,
    what: 'Reports options of libraries for sign-in, tokens and jobs that switch off a check which is on by default: of state and nonce, of signatures, of the user’s consent, of keys.',
    why: 'Each of these checks stops a known way to sign in, or to start work, as somebody else.', whenNotToUse: 'Where something before the program checks the same.', noFix: 'Why the check was in the way has to be found out.',
    examples: [
      { file: 'auth.ts', bad: sample(["import jwt from 'jsonwebtoken';", "export const read = (token: string, key: string) => jwt.verify(token, key, { algorithms: ['RS256'], allowInvalidAsymmetricKeyTypes: «true» });"]), fixed: sample(["import jwt from 'jsonwebtoken';", "export const read = (token: string, key: string) => jwt.verify(token, key, { algorithms: ['RS256'], allowInvalidAsymmetricKeyTypes: false });"]), good: sample(["import jwt from 'jsonwebtoken';", "export const read = (token: string, key: string) => jwt.verify(token, key, { algorithms: ['RS256'] });"]) },
      { file: 'server.py', bad: sample(['from fastmcp.server.auth import OAuthProxy', 'proxy = OAuthProxy(base_url="https://mcp.acme.io", allowed_client_redirect_uris=«["*"]»)']), good: sample(['from fastmcp.server.auth import OAuthProxy', 'proxy = OAuthProxy(base_url="https://mcp.acme.io", allowed_client_redirect_uris=["http://localhost:*"])']) },
    ],
  }),
] satisfies readonly Rule[];
