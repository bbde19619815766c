import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, isFalse, isTrue, option, replaceFix } from '../_calls.ts';
import { sample } from '../_samples.ts';

export default [
  callRule({
    id: 'auth/protection-switched-off', title: 'Protection of a web framework that is switched off', severity: 'medium', confidence: 'medium', references: ['CWE-489', 'CWE-352', 'CM-6'],
    callees: ['flask_talisman.Talisman', 'flask_talisman.Talisman#init_app', 'werkzeug.serving.run_simple', 'werkzeug.run_simple', 'starlette.middleware.trustedhost.TrustedHostMiddleware', 'fastapi.Router#add_middleware', 'starlette.applications.Starlette#add_middleware', 'starlette.middleware.Middleware', 'pyramid.view.view_config', 'pyramid.config.Configurator#{add_view,set_default_csrf_options}', 'waitress.serve', 'litestar.config.csrf.CSRFConfig', 'flask.Flask#run', 'aiohttp_debugtoolbar.setup', 'werkzeug.debug.DebuggedApplication', 'django.shortcuts.render_'].filter((one) => !one.endsWith('_')),
    what: 'Reports what switches Talisman’s headers, the check of hosts or the check of forms off, and what serves a debugger or the texts of errors.', why: 'Each was made against a known attack, or shows who attacks how the program works.',
    whenNotToUse: 'In settings that only a developer’s machine reads.', noFix: 'What production needs has to be decided.',
    judge: (call): Report | readonly Report[] | undefined => {
      const name = call.name!;
      if (/Talisman/.test(name)) {
        const out: Report[] = [];
        const policy = option(call, 'content_security_policy');
        if (policy && (isFalse(policy) || constantOf(policy) === null)) out.push({ at: policy.origin, message: 'Pages may load scripts from everywhere.' });
        for (const [key, message] of [['force_https', 'Pages are answered over connections that are not encrypted.'], ['strict_transport_security', 'Browsers may come back over connections that are not encrypted.'], ['session_cookie_secure', 'The session’s cookie is sent over connections that are not encrypted.'], ['session_cookie_http_only', 'Scripts of the page can read the session’s cookie.']] as const) {
          const found = option(call, key);
          if (isFalse(found)) out.push({ at: found!.origin, message, fixes: replaceFix(found!, 'True', 'Switch it on', false) });
        }
        return out;
      }
      if (/DebuggedApplication$/.test(name)) { const found = option(call, 'evalex') ?? option(call, 1); return isTrue(found) ? { at: found!.origin, severity: 'high', message: 'The debugger of the server runs code of anybody who reaches it.', fixes: replaceFix(found!, 'False', 'Run no code', false) } : undefined; }
      if (/run_simple$|Flask#run$/.test(name)) { const found = option(call, 'use_debugger') ?? option(call, 'use_evalex'); return isTrue(found) ? { at: found!.origin, severity: 'high', message: 'The debugger of the server runs code of anybody who reaches it.', fixes: replaceFix(found!, 'False', 'Switch the debugger off') } : undefined; }
      if (name === 'waitress.serve') { const found = option(call, 'expose_tracebacks'); return isTrue(found) ? { at: found!.origin, message: 'Whoever makes a request fail is shown the program and its values.', fixes: replaceFix(found!, 'False', 'Do not show it') } : undefined; }
      if (/TrustedHost|add_middleware$|\.Middleware$/.test(name)) {
        if (!/TrustedHost/.test(name) && !/TrustedHost/.test(call.args[0]?.value.name ?? '')) return undefined;
        const hosts = option(call, 'allowed_hosts');
        return hosts?.value.items?.some((one) => one.constant === '*') ? { at: hosts.origin, severity: 'low', message: 'Requests for any host name are answered, and links made from it.' } : undefined;
      }
      const found = option(call, 'require_csrf') ?? option(call, 'check_origin') ?? option(call, 'cookie_secure');
      return isFalse(found) ? { at: found!.origin, message: found === option(call, 'cookie_secure') ? 'The cookie is sent over connections that are not encrypted.' : 'Other sites can send forms in a user’s name.', fixes: replaceFix(found!, 'True', 'Switch it on', false) } : undefined;
    },
    examples: [
      { file: 'app.py', bad: sample(['from flask import Flask', 'from flask_talisman import Talisman', 'app = Flask(__name__)', 'Talisman(app, force_https=«False»)']), fixed: sample(['from flask import Flask', 'from flask_talisman import Talisman', 'app = Flask(__name__)', 'Talisman(app, force_https=True)']), good: sample(['from flask import Flask', 'from flask_talisman import Talisman', 'app = Flask(__name__)', 'Talisman(app)']) },
      { file: 'views.py', bad: sample(['from pyramid.view import view_config', '@view_config(route_name="pay", require_csrf=«False»)', 'def pay(request):', '    return {}']), fixed: sample(['from pyramid.view import view_config', '@view_config(route_name="pay", require_csrf=True)', 'def pay(request):', '    return {}']), good: sample(['from pyramid.view import view_config', '@view_config(route_name="pay", require_csrf=True)', 'def pay(request):', '    return {}']) },
    ],
  }),
  callRule({
    id: 'storage/files-served-beyond-folder', title: 'Files served from beyond the folder that was meant', severity: 'medium', references: ['CWE-22', 'CWE-732', 'AC-3'],
    callees: ['aiohttp.web.UrlDispatcher#add_static', 'aiohttp.web.Application#router.add_static', 'aiohttp.web.static', 'aiohttp.web.RouteTableDef#static', 'starlette.staticfiles.StaticFiles', 'fastapi.staticfiles.StaticFiles', 'gradio.{Blocks,Interface,ChatInterface,TabbedInterface}#launch', 'gradio.launch', 'gradio.set_static_paths', 'sanic.Sanic#static', 'litestar.static_files.create_static_files_router', 'whitenoise.WhiteNoise'],
    what: 'Reports static files that follow links, and demos that may hand out the whole disk.', why: 'A link in the folder, or a path in the request, then reads any file of the process: keys, models, data of others.',
    judge: (call): Report | undefined => {
      const links = option(call, 'follow_symlinks') ?? option(call, 'follow_symlink') ?? option(call, 'allow_symlinks') ?? option(call, 'follow_external_symlink_files') ?? option(call, 'follow_external_symlink_dirs');
      if (isTrue(links)) return { at: links!.origin, message: 'Links in the folder lead to any file that the process can read.', fixes: replaceFix(links!, 'False', 'Do not follow links', false) };
      const folders = option(call, 'allowed_paths') ?? option(call, 'paths') ?? (/set_static_paths$/.test(call.name!) ? option(call, 0) : undefined);
      const whole = folders?.value.items?.find((one) => typeof one.constant === 'string' && /^(?:\/|~|\/home|\/root|\/etc|[A-Z]:[\\/]?)\/?$/.test(one.constant));
      return whole ? { at: folders!.origin, message: `Whoever opens the demo reads any file below ${String(whole.constant)}.` } : undefined;
    },
    examples: [{ file: 'demo.py', bad: sample(['import gradio as gr', 'demo = gr.Interface(len, "text", "number")', 'demo.launch(allowed_paths=«["/"]»)']), good: sample(['import gradio as gr', 'demo = gr.Interface(len, "text", "number")', 'demo.launch(allowed_paths=["/srv/public"])']) },
      { file: 'app.py', bad: sample(['from fastapi.staticfiles import StaticFiles', 'files = StaticFiles(directory="static", follow_symlink=«True»)']), fixed: sample(['from fastapi.staticfiles import StaticFiles', 'files = StaticFiles(directory="static", follow_symlink=False)']), good: sample(['from fastapi.staticfiles import StaticFiles', 'files = StaticFiles(directory="static")']) }],
  }),
] satisfies readonly Rule[];
