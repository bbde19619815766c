import type { SinkSpec } from './sink-spec.ts';

/** Markup, scripts and addresses of pages, by library. */
export const pageSinks: readonly SinkSpec[] = [
  { kind: 'template', names: ['express.Response#render', 'ejs.{render,renderFile}', 'pug.{render,renderFile}', 'express.App#render'], args: [1], when: 'whole-object' },
  { kind: 'html', names: ['express.Response#send'], args: [0], when: 'bare-text' },
  { kind: 'html', names: ['ejs.render', 'mustache.render', 'pug.render', 'nunjucks.renderString', 'swig.render', 'eta.{render,renderString}', 'eta.Eta#renderString', 'liquidjs.Liquid#parseAndRender'], args: [1], when: 'raw-markup' },
  { kind: 'html', names: ['jquery', '$'], args: [0], when: 'markup-selector' },
  { kind: 'html', names: ['jquery().{wrapAll,wrapInner,appendTo,prependTo,insertAfter,insertBefore,replaceAll,parseHTML}', 'jquery.{parseHTML,globalEval}', '$.{parseHTML,globalEval}'], args: [0] },
  { kind: 'html', names: ['document.createElement().{insertAdjacentHTML,setHTMLUnsafe}', 'document.{getElementById,querySelector}().{insertAdjacentHTML,setHTMLUnsafe}', 'document.body.insertAdjacentHTML', 'document.documentElement.insertAdjacentHTML'], args: [1] },
  { kind: 'html', names: ['document.{parseHTMLUnsafe}', 'Document.parseHTMLUnsafe', 'lit/directives/{unsafe-svg,unsafe-svg.js}.unsafeSVG', 'lit/directives/unsafe-html.unsafeHTML', 'lit-html/directives/unsafe-html.js.unsafeHTML', 'html-to-react.Parser#parse', 'preact-markup.Markup', 'hono/utils/html.raw', 'h3.html', 'ember.htmlSafe', '@ember/template.htmlSafe', 'interweave.Interweave'], args: [0] },
  { kind: 'html', names: ['@angular/core.Renderer2#setProperty'], args: [2], when: 'markup-property' },
  { kind: 'redirect', names: ['elysia.Context#redirect', '@remix-run/{node,cloudflare,deno,server-runtime}.{redirect,redirectDocument}', 'react-router.{redirect,redirectDocument,replace}', '@remix-run/react.redirect', 'astro.Context#redirect', 'Astro.redirect', 'navigateTo', '#app.navigateTo', 'restify.Response#redirect', 'oak.Context#response.redirect', 'window.navigation.navigate', 'navigation.navigate', 'window.location.assign', 'globalThis.location.{assign,replace}', 'top.location.{assign,replace}', 'parent.location.{assign,replace}', 'electron.BrowserWindow#loadURL', 'expo-linking.openURL', 'expo-web-browser.openBrowserAsync', 'react-native.Linking.openURL', '@tauri-apps/plugin-shell.open'], args: [0] },
  { kind: 'redirect', names: ['@remix-run/node.redirectDocument', 'h3.redirect', 'h3.sendRedirect', 'sendRedirect'], args: [1] },
];
