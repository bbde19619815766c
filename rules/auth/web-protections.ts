import type { Rule } from '../../server/rule/rule.ts';
import { callRule } from '../_calls.ts';
import { calleesOf, judgeBy, type SettingRow } from '../_settings.ts';
import { sample } from '../_samples.ts';

const forged = 'Pages of other sites can send requests in the name of a user who has signed in.';
const helmets = ['helmet', 'helmet.helmet', 'koa-helmet', '@fastify/helmet'];
const plugin = /^(?:@fastify\/helmet|helmet|koa-helmet)/;

const rows: readonly SettingRow[] = [
  { callees: helmets, at: ['contentSecurityPolicy'], bad: [false], severity: 'low', message: 'The browser is not told which scripts the page may run.' },
  { callees: ['fastify.App#register'], plugin, at: ['contentSecurityPolicy'], bad: [false], severity: 'low', message: 'The browser is not told which scripts the page may run.' },
  { callees: helmets, at: ['frameguard', 'xFrameOptions'], bad: [false], severity: 'low', message: 'Other sites can show the page in a frame and have its buttons clicked.' },
  { callees: helmets, at: ['hsts', 'strictTransportSecurity'], bad: [false], severity: 'low', message: 'The browser is not told to come back over encrypted connections only.' },
  { callees: helmets, at: ['noSniff', 'xContentTypeOptions'], bad: [false], severity: 'low', message: 'The browser guesses the type of files, and may run an upload as a script.' },
  { callees: [...helmets, 'helmet.contentSecurityPolicy'], at: ['contentSecurityPolicy.directives.scriptSrc', 'contentSecurityPolicy.directives.script-src', 'directives.scriptSrc', 'directives.script-src', 'contentSecurityPolicy.directives.defaultSrc', 'directives.defaultSrc'], bad: ["'unsafe-eval'", "'unsafe-inline'", '*'], severity: 'low', message: 'The policy lets the page run scripts of anybody.' },
  { callees: ['@apollo/server.ApolloServer', 'apollo-server.ApolloServer', 'apollo-server-express.ApolloServer'], at: ['csrfPrevention'], bad: [false], message: forged, instead: 'true' },
  { callees: ['better-auth.betterAuth'], at: ['advanced.disableCSRFCheck', 'advanced.disableOriginCheck'], bad: [true], message: forged, instead: 'false' },
  { callees: ['better-auth.betterAuth'], at: ['trustedOrigins'], bad: ['*'], message: 'Any site counts as one of the application’s own.' },
  { callees: ['csurf', 'csrf-csrf.doubleCsrf', 'tiny-csrf'], at: ['ignoreMethods', 'ignoredMethods'], bad: /^(?:POST|PUT|PATCH|DELETE)$/i, message: forged },
  { callees: ['csrf-csrf.doubleCsrf', 'csurf'], at: ['cookieOptions.secure', 'cookie.secure'], bad: [false], severity: 'low', message: 'The token against forged requests is sent over connections that are not encrypted.' },
  { callees: ['next-auth/providers/{google,github,gitlab,auth0,azure-ad,facebook,discord,okta,apple,linkedin,twitch,cognito,keycloak,slack}'], at: ['allowDangerousEmailAccountLinking'], bad: [true], message: 'Who makes an account with a user’s address at the provider gets the user’s account here.', instead: 'false' },
  { callees: ['next-auth/providers/{google,github,gitlab,auth0,azure-ad,facebook,discord,okta,apple,linkedin,twitch,cognito,keycloak,slack}'], at: ['checks'], bad: ['none'], message: 'The answer of the provider is not tied to the request that asked for it.' },
  { callees: ['{@node-saml/passport-saml,passport-saml}.{Strategy,MultiSamlStrategy}', '{@node-saml/node-saml,node-saml}.SAML'], at: ['wantAssertionsSigned', 'wantAuthnResponseSigned'], bad: [false], severity: 'high', message: 'Assertions of the identity provider are believed without a signature.', instead: 'true' },
  { callees: ['{@node-saml/passport-saml,passport-saml}.Strategy', '{@node-saml/node-saml,node-saml}.SAML'], at: ['acceptedClockSkewMs'], bad: [-1], message: 'Assertions are accepted after they have expired.' },
  { callees: ['http.createServer', 'https.createServer', 'http.{request,get}', 'https.{request,get}', 'fastify'], at: ['insecureHTTPParser', 'http.insecureHTTPParser'], bad: [true], message: 'Malformed requests are accepted, and two servers may read one differently.', instead: 'false' },
  { callees: ['passport-jwt.ExtractJwt.fromUrlQueryParameter'], at: [0], bad: /./, severity: 'low', message: 'Tokens in addresses end up in logs, histories and referrers.' },
  { callees: ['@modelcontextprotocol/sdk/server/{streamableHttp,streamableHttp.js,sse,sse.js}.{StreamableHTTPServerTransport,SSEServerTransport}'], at: ['enableDnsRebindingProtection'], bad: [false], message: 'A page of any site can have its name lead to this machine and call the tools.', instead: 'true' },
  { callees: ['xmlrpc.server.{SimpleXMLRPCServer,DocXMLRPCServer,SimpleXMLRPCDispatcher,CGIXMLRPCRequestHandler}#register_instance'], at: ['allow_dotted_names', 1], bad: [true], severity: 'high', message: 'Callers reach the attributes of the object, and through them the whole program.', instead: 'False' },
  { callees: ['onelogin.saml2.auth.OneLogin_Saml2_Auth', 'onelogin.saml2.settings.OneLogin_Saml2_Settings'], at: ['old_settings.strict', 'settings.strict', 'strict'], bad: [false], severity: 'high', message: 'Answers of the identity provider are believed though they break the rules of SAML.', instead: 'True' },
  { callees: ['bentoml.service'], at: ['http.cors.access_control_allow_origins'], bad: ['*'], severity: 'low', message: 'Pages of any site may ask the model.' },
  { callees: ['express.App#{set,enable}'], first: 'trust proxy', at: [1], bad: [true], severity: 'low', where: /rate-?limit|slow-?down|\breq\.ips?\b/i, message: 'Callers choose the address that they are counted by.' },
  { callees: ['fastify'], at: ['trustProxy'], bad: [true], severity: 'low', where: /rate-limit|\.ip\b/i, message: 'Callers choose the address that they are counted by.' },
  { callees: ['uvicorn.{run,Config}'], at: ['forwarded_allow_ips'], bad: ['*'], severity: 'low', where: /client\.host|get_remote_address|limiter/i, message: 'Callers choose the address that they are counted by.' },
  { callees: ['lusca', 'lusca.csrf'], at: ['csrf', 'xframe'], bad: [false], severity: 'low', message: forged },
];

export default [
  callRule({
    id: 'auth/web-protection-off', title: 'Protection of a web framework switched off', severity: 'medium', references: ['CWE-693', 'CWE-352', 'CM-6'], callees: calleesOf(rows),
    what: 'Reports options of web frameworks, of sign-in libraries and of MCP servers that switch off a protection which is on by default: checks of where requests come from, of signatures, of frames and scripts.',
    why: 'These protections are what stops known attacks on the browser of a user who has signed in; without them the application has to stop them itself.',
    noFix: 'What the page needs has to be known before its policy can be written.', whenNotToUse: 'For a service that no browser uses.',
    judge: judgeBy(rows),
    examples: [
      { file: 'server.ts', bad: sample(["import { ApolloServer } from '@apollo/server';", "export const server = new ApolloServer({ typeDefs: '', csrfPrevention: «false» });"]), fixed: sample(["import { ApolloServer } from '@apollo/server';", "export const server = new ApolloServer({ typeDefs: '', csrfPrevention: true });"]), good: sample(["import { ApolloServer } from '@apollo/server';", "export const server = new ApolloServer({ typeDefs: '' });"]) },
      { file: 'app.ts', bad: sample(["import express from 'express';", "import helmet from 'helmet';", 'const app = express();', 'app.use(helmet({ frameguard: «false» }));']), good: sample(["import express from 'express';", "import helmet from 'helmet';", 'const app = express();', 'app.use(helmet());']) },
      { file: 'tools.ts', bad: sample(["import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';", 'export const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableDnsRebindingProtection: «false» });']), fixed: sample(["import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';", 'export const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableDnsRebindingProtection: true });']), good: sample(["import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';", "export const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableDnsRebindingProtection: true, allowedHosts: ['127.0.0.1:3000'] });"]) },
    ],
  }),
] satisfies readonly Rule[];
