import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { Severity } from '../../server/rule/queries.ts';
import type { Value } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const server = /^c\.(?:NotebookApp|ServerApp|LabApp|IdentityProvider|PasswordIdentityProvider|Spawner|JupyterHub|Authenticator|\w+Authenticator|ConfigurableHTTPProxy)\.(\w+)$/;
const anyPage = /^(?:\*|\.\*|\^?\.[*+]\$?)$/;

/** What a setting of Jupyter or JupyterHub opens. */
function opened(name: string, value: Value): { readonly message: string; readonly severity?: Severity } | undefined {
  const { constant } = value;
  switch (name) {
    case 'token': case 'password': case 'hashed_password': return constant === '' ? { message: 'The notebook server runs code of anybody who reaches it.' } : undefined;
    case 'ip': case 'bind_url': return typeof constant === 'string' && /^(?:https?:\/\/)?(?:0\.0\.0\.0|\*|::)(?::|$|\/)/.test(constant) ? { message: 'The notebook server listens on every network the machine is in.', severity: 'medium' } : undefined;
    case 'allow_origin': case 'allow_origin_pat': return typeof constant === 'string' && anyPage.test(constant) ? { message: 'Pages of any site may run code in the notebook server.' } : undefined;
    case 'disable_check_xsrf': return constant === true ? { message: 'Pages of other sites may run code in the notebook server.' } : undefined;
    case 'allow_root': return constant === true ? { message: 'Cells run with the rights of root.', severity: 'medium' } : undefined;
    case 'allow_unauthenticated_access': return constant === true ? { message: 'The notebook server answers whoever reaches it.', severity: 'medium' } : undefined;
    case 'authenticator_class': return typeof constant === 'string' && /dummy|NullAuthenticator|nullauthenticator/i.test(constant) ? { message: 'Whoever reaches the hub signs in as anybody.' } : undefined;
    case 'allow_all': case 'open_signup': return constant === true ? { message: 'Whoever has an account with the identity provider gets a notebook server.', severity: 'medium' } : undefined;
    case 'admin_access': return constant === true ? { message: 'Administrators of the hub use the notebook servers of all others.', severity: 'low' } : undefined;
    default: return undefined;
  }
}

export default [
  defineRule({
    id: 'network/notebook-server-settings', title: 'Notebook server that is configured open', severity: 'high', confidence: 'high', references: ['CWE-306', 'CWE-668', 'SC-7'],
    what: 'Reports settings of Jupyter and JupyterHub that take the login away, listen on all networks, let pages of any site in, or run cells as root.', why: 'A notebook server runs what it is sent; strangers find such ports by scanning, and pages that the user opens reach them from inside.',
    whenNotToUse: 'In a container behind a gateway that asks for a login.', noFix: 'How people sign in has to be decided.',
    checks: [{
      on: 'code', words: ['c.NotebookApp', 'c.ServerApp', 'c.IdentityProvider', 'c.PasswordIdentityProvider', 'c.JupyterHub', 'c.Spawner', 'Authenticator', 'c.LabApp'],
      alone: /^c\.(?:NotebookApp|ServerApp|IdentityProvider|PasswordIdentityProvider|JupyterHub|Spawner|\w*Authenticator|LabApp)\.\w+\s*=/m,
      check: (code, context) => {
        if (context.document.language !== 'python' || isTest(context.document.path)) return;
        const names = new Map(code.assignments.map((one) => [server.exec(one.written)?.[1], one.value]));
        for (const one of code.assignments) {
          const name = server.exec(one.written)?.[1];
          const found = name === undefined ? undefined : opened(name, one.value);
          if (!found) continue;
          // A password makes the token needless, and the other way round.
          if ((name === 'token' || name === 'password') && ['token', 'password', 'hashed_password'].some((other) => other !== name && names.has(other) && names.get(other)!.constant !== '')) continue;
          // A hub starts each server in a place of its own.
          if (name === 'ip' && /\.(?:Spawner)\./.test(one.written)) continue;
          context.report({ at: one.origin, message: found.message, ...(found.severity ? { severity: found.severity } : {}) });
        }
      },
    }],
    examples: [
      { file: 'jupyter_server_config.py', bad: sample(['c = get_config()', 'c.ServerApp.token = «""»', 'c.ServerApp.disable_check_xsrf = «True»']), good: sample(['c = get_config()', 'c.ServerApp.ip = "127.0.0.1"', 'c.ServerApp.allow_origin = "https://lab.acme.io"']) },
      { file: 'jupyterhub_config.py', bad: sample(['c = get_config()', 'c.JupyterHub.authenticator_class = «"dummy"»']), good: sample(['c = get_config()', 'c.JupyterHub.authenticator_class = "github"']) },
    ],
  }),
] satisfies readonly Rule[];
