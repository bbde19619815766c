import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { walk } from '../../server/rule/walk.ts';
import { isTest } from '../_flows.ts';
import { isLocalHost } from '../_hosts.ts';
import { marked } from '../_samples.ts';

/** A setting in an address or connection string of a database that gives encryption or its check up. */
const off = /(?<=[?&;\s])(?:ssl_?mode=(?:disable|allow|DISABLED|no-verify)|ssl-mode=DISABLED|sslaccept=accept_invalid_certs|useSSL=false|encrypt=(?:false|no|optional)|TrustServerCertificate=(?:true|yes)|tls(?:AllowInvalidCertificates|AllowInvalidHostnames|Insecure)=true|ssl_verify_cert=false|ssl_cert_reqs=(?:none|CERT_NONE))(?=$|[&;\s])|^(?:bolt|neo4j)\+ssc:/i;
const server = /^[a-z][\w+.-]*:\/\/(?:[^@/\s]*@)?([^@/:?\s;]+)|\b(?:host|hostname|server|data source)\s*=\s*(?:tcp:)?([^;,\s]+)/i;

export default [
  defineRule({
    id: 'transport/database-in-the-clear', title: 'Database reached without encryption', severity: 'medium', confidence: 'high', references: ['CWE-319', 'CWE-295', 'SC-8', 'pci-4.0.1:4.2.1', 'hipaa:164.312(e)(1)'],
    what: 'Reports addresses and connection strings of databases on other hosts that switch TLS, or the check of the server, off: `sslmode=disable`, `Encrypt=no`, `TrustServerCertificate=yes`, `tlsInsecure=true`.',
    why: 'Who sits on the network reads and changes what is asked and answered, and takes the password.', whenNotToUse: 'Behind a proxy on the same machine or a service mesh that encrypts.',
    noFix: 'The server’s certificate has to be known to the client.',
    checks: [{
      on: 'code', alone: /ssl_?mode=|encrypt=|TrustServerCertificate=|useSSL=|tlsInsecure=|tlsAllowInvalid|sslaccept=|ssl_verify_cert=|ssl_cert_reqs=|\+ssc:/i, words: ['ssl_cert_reqs=', '+ssc:', 'mode=', 'ncrypt=', 'TrustServerCertificate=', 'useSSL=', 'tlsInsecure=', 'tlsAllowInvalid', 'sslaccept=', 'ssl_verify_cert='],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        walk(code.module, (node) => {
          const text = node.kind === 'literal' && typeof node.value === 'string' ? node.value : node.kind === 'template' ? context.document.text.slice(node.start, node.end) : undefined;
          const hit = text === undefined ? undefined : off.exec(text);
          if (!hit) return;
          const name = server.exec(text!.replace(/^f?[`'"]+/, ''));
          const host = name?.[1] ?? name?.[2];
          // Where the server is has to be known; a name without a dot is a neighbour in the same network.
          if (host === undefined || isLocalHost(host) || !host.includes('.') || /[{}$]/.test(host)) return;
          const at = context.document.text.indexOf(hit[0], node.start);
          context.report({ at: at < 0 || at >= node.end ? { start: node.start, end: node.end } : { start: at, end: at + hit[0].length }, message: `The connection to ${host} ${/Trust|Invalid|accept|verify|cert|ssc/i.test(hit[0]) ? 'does not check whom it talks to' : 'is not encrypted'}: ${hit[0]}.` });
        });
      },
    }],
    examples: [
      { file: 'db.py', bad: marked('from sqlalchemy import create_engine\nengine = create_engine("postgresql://db.acme.io/shop?«sslmode=disable»")\n'), good: 'from sqlalchemy import create_engine\nengine = create_engine("postgresql://db.acme.io/shop?sslmode=verify-full")\nlocal = create_engine("postgresql://localhost/shop?sslmode=disable")\n' },
      { file: 'db.ts', bad: marked("import sql from 'mssql';\nawait sql.connect('Server=db.acme.io;Database=shop;«TrustServerCertificate=true»');\n"), good: "import sql from 'mssql';\nawait sql.connect('Server=db.acme.io;Database=shop;Encrypt=true');\n" },
    ],
  }),
] satisfies readonly Rule[];
