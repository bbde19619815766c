import type { CodeArgument } from '../../server/rule/code.ts';
import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, option, replaceFix, type CodeCall } from '../_calls.ts';
import { sample } from '../_samples.ts';

const evaluates = (argument: CodeArgument | undefined): boolean => /^(?:builtins\.)?(?:eval|exec)$/.test(argument?.value.name ?? '') && argument?.node.kind === 'name';

/** `eval` where it is handed to what calls it on data: by keyword, as a converter of a column, or first of all. */
function handed(call: CodeCall): CodeArgument | undefined {
  const [first] = call.args;
  if (/\.(?:apply|map|applymap|transform)$/.test(call.written) || call.written === 'map') return evaluates(first) ? first : undefined;
  for (const name of ['type', 'converters', 'converter', 'object_hook', 'callback', 'coerce']) {
    const found = option(call, name);
    if (!found) continue;
    if (evaluates(found)) return found;
    if (found.node.kind === 'object' && found.node.entries.some(({ value }) => value.kind === 'name' && value.name === 'eval')) return found;
  }
  return undefined;
}

export default [
  callRule({
    id: 'input-validation/evaluated-data', title: 'Data that is handed to eval piece by piece', severity: 'medium', references: ['CWE-95', 'CWE-94', 'SI-10'],
    callees: [
      'argparse.ArgumentParser#add_argument', 'argparse.ArgumentParser#{add_argument_group,add_mutually_exclusive_group}().add_argument', 'click.{option,argument}', 'map',
      'pandas.{read_csv,read_table,read_excel,read_fwf}', 'numpy.{loadtxt,genfromtxt}', 'pandas.DataFrame#{apply,map,applymap,transform}', 'pandas.Series#{apply,map}',
      'pandas.{read_csv,read_parquet,read_json,read_excel,read_table,DataFrame}{(),#}[].{apply,map}', 'pandas.DataFrame#[].{apply,map}', 'sqlite3.register_converter', 'json.{loads,load}', 'configparser.{ConfigParser,RawConfigParser}',
    ],
    what: 'Reports `eval` as the type of an argument, the converter of a column, or what a table’s cells are put through.', why: 'Whoever wrote the file, or a part of the command line, runs code with the rights of this program.',
    whenNotToUse: 'For a file that this program alone writes.',
    judge: (call): Report | undefined => {
      const found = handed(call);
      if (!found) return undefined;
      return { at: found.origin, message: 'Each text that is read is run as code.', fixes: found.node.kind === 'name' ? replaceFix(found, 'ast.literal_eval', 'Read literals only', false) : [] };
    },
    examples: [
      { file: 'train.py', bad: sample(['import ast', 'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--betas", type=«eval»)']), fixed: sample(['import ast', 'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--betas", type=ast.literal_eval)']), good: sample(['import ast', 'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--betas", type=ast.literal_eval)']) },
      { file: 'genres.py', bad: sample(['import pandas as pd', 'films = pd.read_csv("films.csv", converters=«{"genres": eval}»)']), good: sample(['import ast', 'import pandas as pd', 'films = pd.read_csv("films.csv", converters={"genres": ast.literal_eval})']) },
    ],
  }),
] satisfies readonly Rule[];
