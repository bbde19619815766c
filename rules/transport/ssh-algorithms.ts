import type { Report, Rule } from '../../server/rule/rule.ts';
import { isTest } from '../_flows.ts';
import type { Value } from '../../server/rule/code.ts';
import { callRule, option } from '../_calls.ts';
import { marked } from '../_samples.ts';

/** Names of the protocol's algorithms that are broken or too short. */
const weak = /^(?:3des-cbc|des-cbc|des|blowfish-cbc|cast128-cbc|arcfour\d*|rc4|aes(?:128|192|256)-cbc|rijndael-cbc(?:@.*)?|none|hmac-md5(?:-96)?(?:-etm@.*)?|hmac-sha1-96(?:-etm@.*)?|diffie-hellman-group(?:1|-exchange)-sha1|diffie-hellman-group1-sha1|rsa1024-sha1|ssh-dss|umac-64(?:-etm)?@.*)$/i;

/** Where clients and servers are told what to offer. */
const places = [
  'algorithms.cipher', 'algorithms.kex', 'algorithms.hmac', 'algorithms.serverHostKey', 'algorithms.cipher.append', 'algorithms.kex.append', 'algorithms.hmac.append', 'algorithms.serverHostKey.append', 'algorithms.cipher.prepend', 'algorithms.kex.prepend',
  'encryption_algs', 'kex_algs', 'mac_algs', 'server_host_key_algs', 'signature_algs',
];

function weakIn(value: Value): string | undefined {
  const listed = value.items?.map((one) => one.constant) ?? (typeof value.constant === 'string' ? value.constant.split(/[, ]+/).map((one) => one.replace(/^\+/, '')) : []);
  return listed.find((one): one is string => typeof one === 'string' && weak.test(one));
}

/** Paramiko is told by assignment: `transport.get_security_options().ciphers = ("3des-cbc",)`. */
const assigned: Rule['checks'][number] = {
  on: 'code', words: ['get_security_options'],
  check: (code, context) => {
    if (isTest(context.document.path)) return;
    for (const { written, value, origin } of code.assignments) {
      const name = /get_security_options\(\)\.(?:ciphers|kex|digests|key_types)$/.test(written) ? weakIn(value) : undefined;
      if (name !== undefined) context.report({ at: origin, message: `${name} can be broken.` });
    }
  },
};

const rules = [
  callRule({
    id: 'transport/weak-ssh-algorithms', title: 'SSH with algorithms that can be broken', severity: 'medium', references: ['CWE-327', 'SC-8'],
    callees: ['ssh2.Client#connect', 'ssh2.Server', 'ssh2-sftp-client#connect', 'ssh2-sftp-client.Client#connect', 'node-ssh.NodeSSH#connect', 'ssh2-promise', 'asyncssh.{connect,create_connection,create_server,listen,SSHClientConnectionOptions,SSHServerConnectionOptions}'],
    what: 'Reports DES, RC4, Blowfish and ciphers in CBC mode, HMAC with MD5, key exchange with the first group of Diffie-Hellman and DSA keys, in the lists of what an SSH client or server offers.',
    why: 'Both sides may agree on the weakest that they have in common; who sits between them then reads or changes the session.', noFix: 'Which algorithms the other side knows has to be found out.', whenNotToUse: 'For a device that knows nothing newer, on a network of its own.',
    judge: (call): readonly Report[] => places.flatMap((place) => {
      const found = option(call, place);
      const name = found && weakIn(found.value);
      return name === undefined ? [] : [{ at: found!.origin, message: `${name} can be broken.` }];
    }),
    examples: [
      { file: 'copy.ts', bad: marked("import { Client } from 'ssh2';\nnew Client().connect({ host: 'files.acme.io', algorithms: { cipher: «['aes256-gcm@openssh.com', '3des-cbc']» } });\n"), good: "import { Client } from 'ssh2';\nnew Client().connect({ host: 'files.acme.io', algorithms: { cipher: ['aes256-gcm@openssh.com', 'aes256-ctr'] } });\n" },
      { file: 'transport.py', bad: marked('import paramiko\ntransport = paramiko.Transport(("files.acme.io", 22))\ntransport.get_security_options().ciphers = «("3des-cbc", "aes128-cbc")»\n'), good: 'import paramiko\ntransport = paramiko.Transport(("files.acme.io", 22))\ntransport.get_security_options().ciphers = ("aes256-ctr",)\n' },
      { file: 'copy.py', bad: marked('import asyncssh\nasync def run(keys):\n    return await asyncssh.connect("files.acme.io", known_hosts=keys, kex_algs=«["diffie-hellman-group1-sha1"]»)\n'), good: 'import asyncssh\nasync def run(keys):\n    return await asyncssh.connect("files.acme.io", known_hosts=keys, kex_algs=["curve25519-sha256"])\n' },
    ],
  }),
] satisfies readonly Rule[];

export default rules.map((rule): Rule => ({ ...rule, checks: [...rule.checks, assigned] }));
