import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { password, under } from './_samples.ts';

const secret = password().replace('!', '');

export default defineRule({
  id: 'secrets/credentials-in-url',
  title: 'Password in a URL',
  severity: 'high',
  confidence: 'medium',
  references: ['CWE-522', 'CWE-798', 'IA-5(7)', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2'],
  what: 'Reports a password between user and host of a URL, where it is neither a placeholder nor a template.',
  why: 'Passwords in URLs end up in logs, process lists, browser histories and error reports beside the repository itself.',
  whenNotToUse: 'Where the URL only reaches a service on the same machine that is thrown away after a test.',
  noFix: 'The URL has to be put together from its parts when the program runs; how depends on the client.',
  checks: [secretCheck(['url'])],
  examples: [{
    file: 'proxy.py',
    bad: `${under(`proxy = "http://deploy:${secret}@proxy.internal:3128"`, secret)}\n`,
    good: 'proxy = "http://user:password@proxy.example.com:3128"\nother = f"http://{user}:{password}@proxy.internal:3128"\n',
  }],
});
