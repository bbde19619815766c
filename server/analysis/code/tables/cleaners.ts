import { kindSet, sealed } from '../kinds.ts';

const url = kindSet('url', 'redirect', 'path', 'header');
const prompts = kindSet('user-prompt', 'system-prompt', 'prompt-template');
/** What a cap on the length proves. */
export const capped = kindSet('user-prompt');
/** What a check for text (and no object) proves. */
export const textual = kindSet('nosql', 'prototype', 'mass-assignment');
export const judged = prompts | kindSet('model-choice', 'tool-choice');
export const hostChecked = kindSet('url', 'redirect', 'header');
export const contained = kindSet('path', 'url', 'redirect');
const html = kindSet('html', 'xml', 'log');

/** Functions whose result is harmless to some kinds of sink, by qualified name. */
export const cleaners: readonly (readonly [number, readonly string[]])[] = [
  [sealed, ['Number', 'parseInt', 'parseFloat', 'Number.{parseInt,parseFloat}', 'Boolean', 'BigInt', 'Math.{floor,round,ceil,trunc,min,max,abs,sign,sqrt,pow}', 'Date', 'Date.parse', 'int', 'float', 'bool', 'complex', 'len', 'abs', 'round', 'ord', 'hash', 'id', 'sum', 'decimal.Decimal', 'uuid.UUID', 'datetime.datetime.{strptime,fromisoformat}', 'datetime.date.fromisoformat', 'isinstance', 'type', 'validator.toInt', 'ipaddress.{ip_address,ip_network,IPv4Address}', 'crypto.randomUUID', 'dateutil.parser.parse', 'fractions.Fraction', 'math.{floor,ceil,trunc,sqrt}', 'isNaN', 'isFinite', 'image-type', 'image-type.default', 'file-type.{fileTypeFromBuffer,fileTypeFromStream,fileTypeFromFile,fromBuffer}', 'mimetypes.{guess_extension,guess_all_extensions}', 'mime-types.{extension,lookup,contentType}', 'mime.{getExtension,getType}', 'imghdr.what', 'filetype.{guess,guess_extension,guess_mime}', 'os.path.{exists,isfile,isdir,getsize}', 'crypto.Hash#digest', 'crypto.Hmac#digest', 'hashlib.Hash#hexdigest', 'bcrypt.{hash,hashSync,hashpw}', 'argon2.hash']],
  [html, ['escape-html', 'he.{encode,escape}', 'lodash.escape', 'lodash-es.escape', 'html-entities.encode', 'validator.escape', 'html.escape', 'markupsafe.{escape,escape_silent}', 'tornado.escape.{xhtml_escape,linkify,json_encode,url_escape}', 'bottle.html_escape', 'webob.util.html_escape', 'mako.filters.html_escape', 'tornado.template.Template#generate', 'tornado.template.Loader#load().generate', 'django.template.Template#render', 'django.template.loader.{render_to_string,get_template().render}', 'bottle.template', 'flask.{render_template,render_template_string}', 'flask.templating.{render_template,render_template_string}', 'flask.escape', 'django.utils.html.{escape,conditional_escape,strip_tags,format_html}', 'cgi.escape', 'xml.sax.saxutils.{escape,quoteattr}', 'werkzeug.utils.escape', 'dompurify.sanitize', 'DOMPurify.sanitize', 'dompurify().sanitize', 'sanitize-html', 'xss', 'xss.filterXSS', 'bleach.{clean,linkify}', 'nh3.{clean,clean_text}', 'lxml.html.clean.clean_html', 'insane', 'striptags', 'jinja2.escape', 'entities.{encodeHTML,escapeText}', '@braintree/sanitize-url', 'rehype-sanitize', 'document.createTextNode', 'hono/html.html', '@angular/platform-browser.DomSanitizer#sanitize', 'nunjucks.lib.escape', '{@react-email/render,@react-email/components}.{render,renderAsync}', 'react-dom/server.{renderToString,renderToStaticMarkup}', 'markdown_it.utils.escapeHtml', '{highlight.js,highlight.js/lib/core,highlight.js/lib/common}.{highlight,highlightAuto}', 'prismjs.highlight', 'Prism.highlight', 'shiki.codeToHtml']],
  [url | kindSet('html', 'shell', 'ldap', 'regex'), ['encodeURIComponent', 'urllib.parse.{quote_plus}', 'querystring.escape']],
  [url | html | kindSet('shell'), ['urllib.parse.{quote,urlencode}', 'requests.utils.quote', 'URLSearchParams#toString', 'querystring.stringify']],
  [kindSet('path'), ['path.extname', 'path.posix.extname', 'path.basename', 'path.posix.basename', 'path.win32.basename', 'os.path.basename', 'werkzeug.utils.secure_filename', 'sanitize-filename', 'filenamify', 'path.parse().base', 'ntpath.basename', 'posixpath.basename', 'slugify', 'slugify.slugify', 'python_slugify.slugify', 'django.utils.text.{get_valid_filename,slugify}', 'django.utils._os.safe_join', 'werkzeug.utils.safe_join', 'werkzeug.security.safe_join', 'flask.safe_join', 'pathvalidate.sanitize_filename', '@sindresorhus/slugify', '@sindresorhus/slugify.slugify']],
  // Addresses of an application's own routes.
  [kindSet('redirect'), ['django.urls.{reverse,reverse_lazy}', 'flask.url_for', 'quart.url_for']],
  [kindSet('shell'), ['shlex.quote', 'pipes.quote', 'shell-quote.quote', 'shell-escape', 'shescape.Shescape#{quote,escape}', 'shescape.{quote,escape}', 'shell-quote.escape']],
  [kindSet('regex'), ['escape-string-regexp', 'lodash.escapeRegExp', 're.escape', 'regexp.escape', 'RegExp.escape', 'escape-regexp', 're2.RE2']],
  [kindSet('sql'), ['pg-format', 'mysql.{escape,escapeId,format}', 'mysql2.{escape,escapeId,format}', 'sqlstring.{escape,escapeId,format}', 'pg.{escapeLiteral,escapeIdentifier}', 'psycopg.sql.{Identifier,Literal,SQL}', 'sql.Client#{escape,escapeId,escapeLiteral,escapeIdentifier}', 'psycopg2.extensions.quote_ident', 'dbapi.Connection#mogrify', 'psycopg2.extensions.adapt', 'sqlalchemy.sql.quoted_name', 'pg.Client#{escapeLiteral,escapeIdentifier}', 'sequelize.Sequelize#escape']],
  [kindSet('ldap'), ['ldap.filter.{escape_filter_chars,filter_format}', 'ldap.dn.escape_dn_chars', 'ldap3.utils.dn.escape_rdn', 'ldap3.utils.conv.escape_filter_chars', 'ldapjs.{EqualityFilter,parseFilter}', 'ldap-escape.filter', 'ldapts.EqualityFilter']],
  [textual, ['String', 'str', 'express-mongo-sanitize.sanitize', 'mongo-sanitize']],
  [kindSet('code', 'deserialize'), ['ast.literal_eval']],
  [kindSet('deserialize', 'xml'), ['json.loads', 'JSON.parse', 'yaml.safe_load', 'yaml.safe_load_all', 'defusedxml.ElementTree.{fromstring,parse}']],
  [kindSet('log'), ['repr']],
  [prompts, ['llm_guard.scan_prompt', 'presidio_anonymizer.AnonymizerEngine#anonymize']],
];

/** Functions of such names hide what they are given: personal and secret data may go on. */
export const veilWords = /encrypt|hash|mask|redact|anonymi|pseudonymi|cipher|seal|digest|tokenize|hmac|scrub|obfuscat|conceal|hide_?(?:middle|chars?|key|secret|token)/i;
