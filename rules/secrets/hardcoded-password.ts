import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { password, under } from './_samples.ts';

const secret = password(43);

export default defineRule({
  id: 'secrets/hardcoded-password',
  title: 'Password in the text',
  severity: 'high',
  confidence: 'medium',
  references: ['CWE-798', 'IA-5(1)', 'IA-5(7)', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2', 'hipaa:164.308(a)(5)(ii)(D)', 'iso-27001-2022:A.5.17'],
  what: 'Reports a literal that a name says is a password (variable, key, argument, flag, header, comparison) and that looks like one to a small model: letters that do not form words, digits and signs between them. Placeholders, look-ups, templates, labels and everyday words are left out.',
  why: 'The same password opens every installation of the program, everybody who ever had the source knows it, and changing it needs a release.',
  whenNotToUse: 'Where the value is a default that the program refuses in production.',
  leadsTo: ['secrets/secret-in-environment', 'secrets/secrets-outside-environment'],
  checks: [secretCheck(['password'])],
  examples: [
    {
      file: 'db.ts',
      bad: `${under(`const pool = connect({ user: 'app', password: '${secret}' });`, secret)}\n`,
      fixed: 'const pool = connect({ user: \'app\', password: process.env.PASSWORD });\n',
      good: 'const pool = connect({ user: \'app\', password: process.env.DB_PASSWORD });\nconst labels = { password: \'Password\', passwordHint: \'At least 12 characters\' };\n',
    },
    {
      file: 'main.tf',
      bad: `resource "aws_db_instance" "main" {\n  username = "app"\n${under(`  password = "${secret}"`, secret)}\n}\n`,
      fixed: 'resource "aws_db_instance" "main" {\n  username = "app"\n  password = var.password\n}\n\nvariable "password" {\n  type      = string\n  sensitive = true\n}\n',
      good: 'resource "aws_db_instance" "main" {\n  username = "app"\n  password = var.password\n}\n\nvariable "password" {\n  type      = string\n  sensitive = true\n}\n',
    },
    { title: 'What guests of a meeting are sent', file: 'README.md', good: 'Join at https://zoom.us/j/83469905816?pwd=aWM5clpLOTNTMU9udFpkZmV0L01VQT09\n' },
    { title: 'Names of what a module offers', file: '__init__.py', good: 'offered = {"auth": ["Secret", "deserialize_secrets_inplace"]}\n' },
  ],
});
