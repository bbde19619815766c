import { walk } from '../../server/rule/walk.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { Expression } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

/** What shows that a view is for people who have signed in with a session. */
const session = /\b(?:login_required|permission_required|user_passes_test|staff_member_required|LoginRequiredMixin|PermissionRequiredMixin|UserPassesTestMixin)\b|request\.(?:user|session)\b|\bcurrent_user\b/;
/** Other proofs of who calls, which a page of another site cannot send along. */
const proven = /signature|hmac|compare_digest|construct_event|bearer|authorization|api_?key|verify_?(?:token|webhook|request)|TokenAuthentication|JWTAuthentication/i;

function exemption(node: Expression): boolean {
  if (node.kind === 'call') return (node.callee.kind === 'name' && node.callee.name === 'method_decorator' && node.args.some((one) => exemption(one.value))) || exemption(node.callee);
  return (node.kind === 'name' && node.name === 'csrf_exempt') || (node.kind === 'member' && (node.property === 'csrf_exempt' || (node.property === 'exempt' && node.object.kind === 'name' && /^csrf/i.test(node.object.name))));
}

export default [
  defineRule({
    id: 'auth/forged-requests-accepted', title: 'View for signed-in users without protection against forged requests', severity: 'medium', confidence: 'medium', references: ['CWE-352', 'AC-3'],
    what: 'Reports `csrf_exempt` and `csrf.exempt` on views that know their caller by a session, and handlers of Tornado whose check does nothing.', why: 'A page of any site can send the request from the browser of a user who has signed in.', noFix: 'Whether the client can send the token has to be known.',
    whenNotToUse: 'For a view that demands a token in a header, in a way that the analysis does not see.',
    checks: [{
      on: 'code', words: ['csrf_exempt', 'csrf.exempt', 'check_xsrf_cookie'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        walk(code.module, (node) => {
          if ((node.kind !== 'function' && node.kind !== 'class') || !('decorators' in node)) return;
          if (node.kind === 'function' && node.name === 'check_xsrf_cookie' && node.body.every((one) => one.kind === 'expression' || (one.kind === 'return' && (one.value === undefined || one.value.kind === 'literal')))) context.report({ at: { start: node.nameStart, end: node.nameEnd }, message: 'Pages of other sites can call the handlers in the name of a user who has signed in.' });
          const decorator = node.decorators.find(exemption);
          if (!decorator) return;
          const text = context.document.text.slice(decorator.start, node.end);
          if (session.test(text) && !proven.test(text)) context.report({ at: { start: decorator.start, end: decorator.end }, message: `Pages of other sites can call ${node.name ?? 'the view'} in the name of a user who has signed in.` });
        });
      },
    }],
    examples: [{
      file: 'views.py',
      bad: sample(['from django.contrib.auth.decorators import login_required', 'from django.views.decorators.csrf import csrf_exempt', '@«csrf_exempt»', '@login_required', 'def rename(request):', '    request.user.profile.rename(request.POST["name"])']),
      good: sample(['from django.http import HttpResponse', 'from django.views.decorators.csrf import csrf_exempt', 'from payments import construct_event', '@csrf_exempt', 'def hook(request):', '    construct_event(request.body, request.headers["Stripe-Signature"])', '    return HttpResponse(status=204)']),
    }],
  }),
] satisfies readonly Rule[];
