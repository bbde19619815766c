import { walk } from '../../server/rule/walk.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { Expression, Statement } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

/** What decides whether somebody may do something. */
const permission = /\b(?:is_(?:admin|staff|superuser|authenticated|owner|authori[sz]ed|allowed)|has_(?:perm|permission|role|access|scope)s?|check_(?:permission|access|password|token)s?|verify_(?:token|signature|password)|permission(?:s)?|user\.role|current_user\.\w+|is_valid_token)\b|\brole["'\])]*\s*(?:==|in\b)\s*[([{]?\s*["'](?:admin|owner|staff|superuser|root|moderator|manager|editor)/;
/** Calls that tell by raising that something is not what it claims to be. */
const checks = /(?:^|\.)(?:jwt\.decode|verify|verify_\w+|check_password|validate_token|verify_id_token|verify_oauth2_token|verify_and_decode|authenticate|authorize|require_\w+|check_permission\w*|assert_permission\w*|compare_digest)$/;

/** The dotted name of what is called. */
const path = (node: Expression): string => (node.kind === 'name' ? node.name : node.kind === 'member' ? `${path(node.object)}.${node.property}` : node.kind === 'call' ? path(node.callee) : '');

/** The call that a statement makes and does nothing further with. */
function bare(statement: Statement): Expression | undefined {
  const value = statement.kind === 'expression' ? statement.value : undefined;
  return value?.kind === 'call' ? value : undefined;
}

export default [
  defineRule({
    id: 'auth/assert-as-permission-check', title: 'Permission checked by an assertion', severity: 'medium', confidence: 'medium', references: ['CWE-862', 'AC-3'],
    what: 'Reports `assert` on what a user may.', why: 'Python leaves assertions out with `-O`, and with them the check.', noFix: 'What a refused caller is answered has to be decided.',
    whenNotToUse: 'Where the same was checked before and the assertion only says so to a type checker.',
    checks: [{
      on: 'code', words: ['assert '], alone: /^[ \t]+assert[ (].*(?:is_(?:admin|staff|superuser|authenticated|owner|authori[sz]ed)|has_\w*(?:perm|role|access|scope)|check_\w*(?:perm|password|token)|verify_|permission|role["'\])]*\s*(?:==|in\b)\s*[([{]?\s*["'](?:admin|owner|staff|superuser|root))/m,
      check: (code, context) => {
        if (context.document.language !== 'python' || isTest(context.document.path)) return;
        walk(code.module, (node, within) => {
          if (node.kind !== 'assert' || within.length === 0) return;
          const condition = context.document.text.slice(node.test.start, node.test.end);
          if (permission.test(condition) && !/isinstance|is not None|\bresponse\b|\bresult\b/.test(condition)) context.report({ at: { start: node.start, end: node.end }, message: 'The check is left out when Python runs with -O.' });
        });
      },
    }],
    examples: [{ file: 'admin.py', bad: sample(['def wipe(user, store):', '    «assert user.is_admin»', '    store.clear()']), good: sample(['def wipe(user, store):', '    if not user.is_admin:', '        raise PermissionError', '    store.clear()']) }],
  }),
  defineRule({
    id: 'auth/failed-check-ignored', title: 'Failed check that is ignored', severity: 'high', confidence: 'medium', references: ['CWE-287', 'AC-3'],
    what: 'Reports checks of tokens, signatures and permissions that tell by an exception, where the exception is caught and the function goes on.', why: 'A forged token is then as good as a true one.', noFix: 'What a refused caller is answered has to be decided.',
    whenNotToUse: 'Where a later line looks at what the check left behind.',
    checks: [{
      on: 'code', words: ['except'],
      check: (code, context) => {
        if (context.document.language !== 'python' || isTest(context.document.path)) return;
        walk(code.module, (node) => {
          if (node.kind !== 'try') return;
          const last = node.body.at(-1);
          const call = last && bare(last);
          if (!call || !checks.test(path(call)) || node.handlers.length === 0 || node.final.length > 0) return;
          const silent = node.handlers.some(({ body }) => body.every((one) => one.kind === 'expression' && (one.value.kind !== 'call' || /(?:^|\.)(?:debug|info|warning|error|exception|print|log)$/.test(path(one.value)))));
          if (silent) context.report({ at: { start: call.start, end: call.end }, message: `The function goes on when ${path(call)} fails.` });
        });
      },
    }],
    examples: [{ file: 'auth.py', bad: sample(['import jwt', 'def user_of(token, key, users):', '    try:', '        «jwt.decode(token, key, algorithms=["HS256"])»', '    except Exception:', '        pass', '    return users[token]']), good: sample(['import jwt', 'def user_of(token, key, users):', '    try:', '        jwt.decode(token, key, algorithms=["HS256"])', '    except Exception:', '        return None', '    return users[token]']) }],
  }),
] satisfies readonly Rule[];
