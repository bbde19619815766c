import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, isTrue, option, replaceFix, text } from '../_calls.ts';
import { sample } from '../_samples.ts';

const why = 'Who sits on the network passes for the peer and reads and changes what is sent: keys, prompts, answers, model files.';
/** Suites of OpenSSL's language that anybody on the way reads or changes. */
const weakSuite = /(?:^|[:+,])(?:ALL|COMPLEMENTOFALL|e?NULL|aNULL|ADH|AECDH|EXP(?:ORT)?\w*|LOW|RC4(?:-\w+)*|DES(?:-\w+)*|3DES|MD5|RC2|SSLv[23]|\w*-RC4-\w+|\w*DES-CBC\w*-\w+)(?=$|[:+,])|@SECLEVEL=0/;

export default [
  callRule({
    id: 'transport/peer-check-off', title: 'TLS library that is told to check nobody', severity: 'high', references: ['CWE-295', 'SC-8', 'AISF-INFRA-06'], why,
    callees: ['OpenSSL.SSL.{Context,Connection}#set_verify', 'ldap.set_option', 'ldap.Connection#set_option', 'paho.mqtt.client.Client#{tls_insecure_set,tls_set}', 'M2Crypto.SSL.Context#set_verify', 'pycurl.Curl#setopt'],
    what: 'Reports the calls of pyOpenSSL, python-ldap, paho and PycURL that switch the check of certificates off.', whenNotToUse: 'For a development server on the same machine; better give its certificate as a trusted one.',
    judge: (call): Report | undefined => {
      const [first, second] = call.args;
      const name = call.name!;
      const is = (pattern: RegExp, argument = first): boolean => pattern.test(argument?.value.name ?? '');
      const off = 'Certificates of peers are not checked.';
      if (name.endsWith('tls_insecure_set')) return isTrue(first) ? { at: first!.origin, message: 'The name in the broker’s certificate is not checked.', fixes: replaceFix(first!, 'False', 'Check the name') } : undefined;
      if (name.endsWith('#tls_set')) { const found = option(call, 'cert_reqs') ?? option(call, 3); return found?.value.name === 'ssl.CERT_NONE' ? { at: found.origin, message: off } : undefined; }
      if (name.endsWith('set_option')) return is(/OPT_X_TLS_REQUIRE_CERT$/) && is(/OPT_X_TLS_(?:NEVER|ALLOW)$/, second) ? { at: second!.origin, message: off, fixes: replaceFix(second!, 'ldap.OPT_X_TLS_DEMAND', 'Demand a certificate') } : undefined;
      if (name.endsWith('#setopt')) return is(/SSL_VERIFY(?:PEER|HOST)$/) && (constantOf(second) === 0 || constantOf(second) === false) ? { at: second!.origin, message: off } : undefined;
      return is(/VERIFY_NONE$|verify_none$/i) || constantOf(first) === 0 ? { at: first!.origin, message: off } : undefined;
    },
    examples: [
      { file: 'broker.py', bad: sample(['import paho.mqtt.client as mqtt', 'client = mqtt.Client()', 'client.tls_insecure_set(«True»)']), fixed: sample(['import paho.mqtt.client as mqtt', 'client = mqtt.Client()', 'client.tls_insecure_set(False)']), good: sample(['import paho.mqtt.client as mqtt', 'client = mqtt.Client()', 'client.tls_set("/etc/ssl/own.pem")']) },
      { file: 'folder.py', bad: sample(['import ldap', 'ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, «ldap.OPT_X_TLS_NEVER»)']), fixed: sample(['import ldap', 'ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)']), good: sample(['import ldap', 'ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)']) },
    ],
  }),
  callRule({
    id: 'transport/weak-cipher-suites', title: 'TLS cipher suites that can be broken', severity: 'medium', references: ['CWE-327', 'SC-8', 'pci-4.0.1:4.2.1'], why: 'A peer is talked down to a suite without encryption, without a check of the server, or with a cipher that is broken.',
    callees: ['ssl.{create_default_context,SSLContext,_create_unverified_context}().set_ciphers', 'ssl.SSLContext#set_ciphers', 'OpenSSL.SSL.Context#set_cipher_list', 'urllib3.util.ssl_.create_urllib3_context', 'ssl.wrap_socket', 'tls.{connect,createServer,createSecureContext,TLSSocket}', 'https.{createServer,request,get,Agent}', 'http2.{createSecureServer,connect}'],
    what: 'Reports lists of cipher suites with anonymous, export, RC4, DES or empty ciphers, and security level 0.', noFix: 'Which suites old peers still need has to be found out.',
    judge: (call): Report | undefined => {
      const found = option(call, 'ciphers') ?? (/wrap_socket$|^(?:tls|https|http2)\./.test(call.name!) ? undefined : option(call, 0));
      const list = text(found);
      return list !== undefined && weakSuite.test(list.split(/[:, ]/).filter((one) => !/^[!-]/.test(one)).join(':')) ? { at: found!.origin, message: `The suites ${list.length > 30 ? 'in the list' : list} let connections be read or changed.` } : undefined;
    },
    examples: [{ file: 'client.py', bad: sample(['import ssl', 'context = ssl.create_default_context()', 'context.set_ciphers(«"ALL:@SECLEVEL=0"»)']), good: sample(['import ssl', 'context = ssl.create_default_context()', 'context.set_ciphers("ECDHE+AESGCM:!aNULL")']) }],
  }),
] satisfies readonly Rule[];
