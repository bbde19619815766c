import type { Rule } from '../../server/rule/rule.ts';
import { flowRule } from '../_flows.ts';
import { express } from '../_samples.ts';

export default [
  flowRule({
    id: 'auth/link-from-host-header', title: 'Link in a message made from the Host header', severity: 'medium', from: ['request'], to: ['message'], problem: 'becomes part of a message ({sink})',
    what: 'Follows the `Host` header, and the headers of proxies that stand for it, into e-mails and other messages.', why: 'Who asks for a new password in a user’s name and sends another host gets the user to open a link that leads to them, with the token in it.', references: ['CWE-20', 'CWE-345', 'SI-10'],
    noFix: 'The address of the site has to come from its settings.', when: (flow) => /(?:^|\.)(?:host|hostname|x-forwarded-host)$|['"](?:host|x-forwarded-host)['"]/i.test(flow.taint.what),
    examples: [{
      file: 'reset.ts',
      bad: express(["await mails.sendMail(«{ to: 'user@acme.io', text: `https://${req.hostname}/reset?token=1` }»);", 'res.end();'], ["import nodemailer from 'nodemailer';", "const mails = nodemailer.createTransport({ host: 'smtp.acme.io', secure: true });"]),
      good: express(["await mails.sendMail({ to: 'user@acme.io', text: `https://${process.env.SITE}/reset?token=1` });", 'res.end();'], ["import nodemailer from 'nodemailer';", "const mails = nodemailer.createTransport({ host: 'smtp.acme.io', secure: true });"]),
    }],
  }),
] satisfies readonly Rule[];
