import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { Expression } from '../../server/rule/code.ts';
import { walk } from '../../server/rule/walk.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const references = ['CWE-312', 'SC-28', 'hipaa:164.312(a)(2)(iv)', 'AISF-DATA-05'];

/** Columns that must not be copied about; the second group only together with another of them. */
const grave = /^(?:(?:patient|customer|client|user)[ _-]?)?(?:ssn|social[ _-]?security(?:[ _-]?(?:no|number))?|mrn|dob|date[ _-]?of[ _-]?birth|birth[ _-]?date|iban|passport(?:[ _-]?(?:no|number))?|card(?:[ _-]?(?:no|number))?|credit[ _-]?card|cvv|diagnosis|national[ _-]?id|tax[ _-]?id|medical[ _-]?record(?:[ _-]?number)?)$/i;
const light = /^(?:(?:patient|customer|client|user|full|first|last)[ _-]?)?(?:name|e-?mail(?:[ _-]?address)?|phone(?:[ _-]?number)?|address|home[ _-]?address|last4|salary)$/i;
const isPersonal = (columns: readonly string[]): boolean => columns.some((one) => grave.test(one)) || columns.filter((one) => light.test(one)).length > 1;

function strings(expression: Expression | undefined): readonly string[] {
  if (expression?.kind === 'list') return expression.items.flatMap(strings);
  return expression?.kind === 'literal' && typeof expression.value === 'string' ? [expression.value] : [];
}

/** Keys of an object, or of the objects in a list or comprehension. */
function keysOf(expression: Expression | undefined): readonly string[] {
  if (expression?.kind === 'list') return expression.items.flatMap(keysOf);
  if (expression?.kind === 'comprehension') return keysOf(expression.element);
  return expression?.kind === 'object' ? expression.entries.flatMap((entry) => (entry.key === undefined ? [] : [entry.key])) : [];
}

/** The columns of a table that an expression makes, where they stand there. */
function columnsOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'member') return undefined;
  const { property } = expression.callee;
  if (/^(?:DataFrame|from_dict|from_records)$/.test(property)) {
    const named = strings(expression.args.find((one) => one.name === 'columns')?.value);
    return [...named, ...keysOf(expression.args[0]?.value)];
  }
  return /^read_(?:csv|parquet|excel|sql|table|json|feather)$/.test(property) ? strings(expression.args.find((one) => one.name === 'usecols' || one.name === 'columns')?.value) : undefined;
}

const writer = /^to_(?:csv|json|parquet|pickle|excel|feather|hdf|sql|html)$/;

export default [
  defineRule({
    id: 'storage/personal-table-written', title: 'Table of personal data written to a file', severity: 'medium', confidence: 'medium', references,
    what: 'Reports pandas and Polars tables with columns such as `ssn`, `dob` or `iban` that are written to plain files.', why: 'Exports are what gets lost: they lie in home folders, in shares and in repositories, past every access rule of the database.', whenNotToUse: 'When the folder is encrypted and open to those alone who may see the data.', noFix: 'The columns have to be left out, pseudonymised, or the file encrypted.',
    checks: [{
      on: 'code', words: ['to_csv', 'to_json', 'to_parquet', 'to_pickle', 'to_excel', 'to_feather', 'dump'],
      check: (code, context) => {
        if (context.document.language !== 'python' || isTest(context.document.path)) return;
        const tables = new Map<string, readonly string[]>();
        walk(code.module, (node) => {
          if (node.kind !== 'assign' || node.target.kind !== 'name') return;
          const columns = columnsOf(node.value);
          if (columns && columns.length > 0) tables.set(node.target.name, columns);
        });
        const written = (expression: Expression | undefined): readonly string[] => {
          if (expression?.kind === 'name') return tables.get(expression.name) ?? [];
          // Columns that are picked by name: `people[['name', 'ssn']]`.
          return expression?.kind === 'index' && expression.object.kind === 'name' && (tables.has(expression.object.name) || expression.index?.kind === 'list') ? strings(expression.index) : [];
        };
        walk(code.module, (node) => {
          if (node.kind !== 'call' || node.callee.kind !== 'member') return;
          const { property, object } = node.callee;
          const [first, second] = node.args;
          const subject = writer.test(property) && first ? object : property === 'dump' && second ? first!.value : undefined;
          if (subject && isPersonal(written(subject))) context.report({ at: { start: node.start, end: node.end }, message: 'The table holds personal data and is written as it is.' });
        });
      },
    }],
    examples: [{ file: 'export.py', bad: sample(['import pandas as pd', 'people = pd.read_csv("people.csv", usecols=["name", "ssn", "ward"])', '«people.to_csv("copy.csv")»']), good: sample(['import pandas as pd', 'people = pd.read_csv("people.csv", usecols=["name", "ssn", "ward"])', 'people.groupby("ward").size().to_csv("wards.csv")']) }],
  }),
  defineRule({
    id: 'storage/personal-data-in-notebook-output', title: 'Personal data in a notebook\'s saved output', severity: 'medium', confidence: 'high', references,
    what: 'Reports social security numbers, account numbers and card numbers in what a notebook keeps beside its code.', why: 'Outputs are committed with the notebook, to people who may not see the table itself.', whenNotToUse: 'For made-up records.', noFix: 'The output has to be cleared, and the history of the repository cleaned.',
    checks: [{
      on: 'document', languages: ['notebook'], words: ['outputs'],
      check: (document, context) => {
        for (const found of personalOutputs(document.text)) context.report({ at: { start: found.start, end: found.end }, message: `The saved output shows ${found.what}.` });
      },
    }],
    examples: [{
      file: 'cohort.ipynb',
      bad: sample(['{', ' "cells": [', '  {', '   "cell_type": "code",', '   "execution_count": 1,', '   "metadata": {},', '   "outputs": [{"name": "stdout", "output_type": "stream", "text": ["name ssn\\n", "Marta «522-42-5063»"]}],', '   "source": ["print(patients)"]', '  }', ' ],', ' "metadata": {},', ' "nbformat": 4,', ' "nbformat_minor": 5', '}']),
      good: sample(['{', ' "cells": [', '  {', '   "cell_type": "code",', '   "execution_count": 1,', '   "metadata": {},', '   "outputs": [{"name": "stdout", "output_type": "stream", "text": ["order 522-42-5063"]}],', '   "source": ["print(patients)"]', '  }', ' ],', ' "metadata": {},', ' "nbformat": 4,', ' "nbformat_minor": 5', '}']),
    }],
  }),
] satisfies readonly Rule[];

interface Shown { readonly start: number; readonly end: number; readonly what: string }

/** The first number of each kind in each saved output. */
function personalOutputs(text: string): readonly Shown[] {
  if (text.length > 8_000_000) return [];
  const out: Shown[] = [];
  const kinds = [
    { what: 'a social security number', pattern: /\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g, near: /\bssn\b|social security/i, valid: () => true },
    { what: 'a card number', pattern: /\b[3-6]\d{12,18}\b/g, near: /\b(?:credit |debit )?cards?\b|card_?(?:no|number)|\bpan\b/i, valid: luhn },
    { what: 'an account number', pattern: /\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/g, near: /./, valid: iban },
  ];
  for (const match of text.matchAll(/"outputs"\s*:\s*\[/g)) {
    const end = listEnd(text, match.index + match[0].length);
    const output = text.slice(match.index, end);
    for (const kind of kinds) {
      if (!kind.near.test(output)) continue;
      for (const hit of output.matchAll(kind.pattern)) {
        if (!kind.valid(hit[0])) continue;
        out.push({ start: match.index + hit.index, end: match.index + hit.index + hit[0].length, what: kind.what });
        break;
      }
    }
  }
  return out;
}

/** The end of a JSON list that begins before `at`. */
function listEnd(text: string, at: number): number {
  for (let depth = 1; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (char === '[') depth++;
    else if (char === ']' && --depth === 0) return at;
  }
  return at;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    sum += index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

function iban(text: string): boolean {
  let rest = 0;
  for (const char of text.slice(4) + text.slice(0, 4)) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % 97;
  return rest === 1;
}
