import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openaiKey } from '../../rules/secrets/_samples.ts';
import { lowerCode } from '../../server/lower/code.ts';
import { applyEdits } from '../../server/engine/compose.ts';
import { printAddImport } from '../../server/fix/code.ts';
import { createDocument } from '../../server/source/document.ts';
import { languageOfPath } from '../../server/source/language.ts';
import { analyzerFor, rootedPath } from '../support/analyze.ts';
import { flowsOf } from '../support/code.ts';

const chat = "const answer = ref('');\nconst ask = async () => { const res = await fetch('/api/chat'); answer.value = (await res.json()).text; };\n";
const vue = (script: string, template: string): string => `<script setup lang="ts">\nimport { ref, computed } from 'vue';\n${script}</script>\n\n<template>\n${template}\n</template>\n`;
const said = "let answer;\nasync function ask() { const res = await fetch('/api/chat'); answer = (await res.json()).text; }\n";
const svelte = (script: string, markup: string): string => `<script>\n${script}</script>\n\n${markup}\n`;

/** What components do with data, by the file. */
const flows: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['an answer that a reference of Vue holds', 'A.vue', vue(chat, '<p v-html="answer" />'), ['model -> html']],
  ['the same as text', 'A.vue', vue(chat, '<p>{{ answer }}</p>'), []],
  ['the same in a property of the element', 'A.vue', vue(chat, '<p :innerHTML="`<b>${answer}</b>`"></p>'), ['model -> html']],
  ['a computed value', 'A.vue', vue(`${chat}const html = computed(() => answer.value.trim());\n`, '<div v-if="html"><p v-html="html"/></div>'), ['model -> html']],
  ['a computed value that is cleaned', 'A.vue', vue(`import DOMPurify from 'dompurify';\n${chat}const html = computed(() => DOMPurify.sanitize(answer.value));\n`, '<p v-html="html"/>'), []],
  ['one of a list of messages', 'A.vue', vue("const messages = ref<{ content: string }[]>([]);\nconst ask = async () => { const res = await fetch('/api/chat'); messages.value.push({ content: (await res.json()).text }); };\n", '<ul><li v-for="(one, at) in messages" :key="at"><p v-html="one.content"></p></li></ul>'), ['model -> html']],
  ['an item that goes by the name of a reference', 'A.vue', vue(chat, '<ul><li v-for="answer of [\'a\', \'b\']"><p v-html="answer"></p></li></ul>'), []],
  ['an event that sets a reference', 'A.vue', vue("const q = ref('');\n", '<input @input="q = $route.query.q" /><p v-html="q"></p>'), ['browser -> html']],
  ['an event that calls what runs code', 'A.vue', vue('function run(code: string) { eval(code); }\n', '<a @click="run($route.query.code)">x</a>'), ['browser -> code']],
  ['the route of the page', 'A.vue', '<template><a :href="$route.query.next">on</a></template>\n', ['browser -> redirect']],
  ['a path of this site with a part of the route', 'A.vue', '<template><a :href="`/orders/${$route.params.id}`">on</a></template>\n', []],
  ['data and methods as options', 'A.vue', "<template>\n<p v-html=\"shown(answer)\" />\n</template>\n<script>\nexport default {\n  data() { return { answer: '' }; },\n  methods: {\n    shown(text) { return `<p>${text}</p>`; },\n    async ask() { const res = await fetch('/api/chat'); this.answer = (await res.json()).text; },\n  },\n};\n</script>\n", ['model -> html']],
  ['a computed option', 'A.vue', "<template><p v-html=\"html\" /></template>\n<script>\nimport { defineComponent } from 'vue';\nexport default defineComponent({\n  data: () => ({ answer: '' }),\n  computed: { html() { return this.answer.trim(); } },\n  async mounted() { const res = await fetch('/api/chat'); this.answer = (await res.json()).text; },\n});\n</script>\n", ['model -> html']],
  ['a setup function', 'A.vue', `<template><p v-html="answer" /></template>\n<script>\nimport { ref } from 'vue';\nexport default { setup(props) {\n${chat}return { answer, ask };\n} };\n</script>\n`, ['model -> html']],
  ['what Nuxt fetches', 'A.vue', '<script setup>\nconst { data } = await useFetch(\'/api/chat\');\n</script>\n<template><p v-html="data.text" /></template>\n', ['model -> html']],
  ['a reference that is set when the route changes', 'A.vue', vue("import { watch } from 'vue';\nimport { useRoute } from 'vue-router';\nconst route = useRoute();\nconst html = ref('');\nwatch(() => route.query.q, (q) => { html.value = String(q); });\n", '<p v-html="html" />'), ['browser -> html']],
  ['what Nuxt fetches with a function', 'A.vue', '<script setup>\nconst { data } = await useAsyncData(\'a\', () => $fetch(\'/api/chat\'));\n</script>\n<template><p v-html="data.text" /></template>\n', ['model -> html']],
  ['parts of messages of a chat', 'A.svelte', svelte("import { Chat } from '@ai-sdk/svelte';\nconst chat = new Chat({});\n", '{#each chat.messages as message}{#each message.parts as part}{@html part.text}{/each}{/each}'), ['model -> html']],
  ['a redirect of Nuxt', 'server/routes/go.ts', 'export default defineEventHandler((event) => sendRedirect(event, String(getQuery(event).to)));\n', ['request -> redirect']],
  ['a template in another language', 'A.vue', `<script setup>\n${chat}</script>\n<template lang="pug">\np(v-html="answer")\n</template>\n`, []],
  ['an answer that Svelte shows as markup', 'A.svelte', svelte(said, '{#if answer}<p>{@html answer}</p>{/if}'), ['model -> html']],
  ['the same as text', 'A.svelte', svelte(said, '<p title={answer}>{answer}</p>'), []],
  ['a reactive statement', 'A.svelte', svelte(`let html = '';\n$: html = answer ?? '';\n${said}`, '{@html html}'), ['model -> html']],
  ['runes', 'A.svelte', svelte("let answer = $state('');\nlet html = $derived(answer.trim());\nconst ask = async () => { const res = await fetch('/api/chat'); answer = (await res.json()).text; };\n", '{@html html}'), ['model -> html']],
  ['a store', 'A.svelte', svelte("import { writable } from 'svelte/store';\nconst answer = writable('');\nconst ask = async () => { const res = await fetch('/api/chat'); answer.set((await res.json()).text); };\n", '{@html $answer}'), ['model -> html']],
  ['a list of messages', 'A.svelte', svelte("let messages = [];\nasync function ask() { const res = await fetch('/api/chat'); messages = [...messages, await res.json()]; }\n", '{#each messages as { text }, at (at)}{#if at > 0}<p>{@html text}</p>{:else}-{/if}{/each}'), ['model -> html']],
  ['an answer that is waited for', 'A.svelte', svelte("const asked = fetch('/api/chat').then((res) => res.text());\n", '{#await asked}…{:then text}<p>{@html text}</p>{:catch error}{error}{/await}'), ['model -> html']],
  ['a snippet', 'A.svelte', svelte(said, '{@render shown(answer)}\n{#snippet shown(text)}<p>{@html text}</p>{/snippet}'), ['model -> html']],
  ['an action', 'A.svelte', svelte(`${said}function show(node, text) { node.innerHTML = text; }\n`, '<p use:show={answer}></p>'), ['model -> html']],
  ['the address of the page', 'A.svelte', "<script>\nimport { page } from '$app/state';\n</script>\n<a href={page.url.searchParams.get('next')}>on</a>\n", ['browser -> redirect']],
  ['what the page was loaded with', 'A.svelte', "<script>\nimport { page } from '$app/stores';\n</script>\n{@html $page.data.html}\n<a href={$page.url.pathname}>here</a>\n", []],
  ['a search that Astro shows as markup', 'a.astro', "---\nconst q = Astro.url.searchParams.get('q');\n---\n<h1 set:html={q} />\n", ['request -> html']],
  ['the same as text', 'a.astro', "---\nconst q = Astro.url.searchParams.get('q');\n---\n<h1>{q}</h1>\n", []],
  ['markup within code of Astro', 'a.astro', "---\nconst q = Astro.url.searchParams.get('q');\n---\n<ul>{[q].map((one) => (\n  <li set:html={one}></li>\n))}</ul>\n", ['request -> html']],
  ['a parameter of a page that is made beforehand', 'a.astro', "---\nexport const getStaticPaths = () => [];\n---\n<h1 set:html={Astro.params.slug} />\n", []],
  ['a script of a page of Astro', 'a.astro', "<p>a</p>\n<script>\ndocument.body.innerHTML = location.hash;\n</script>\n", ['browser -> html']],
  ['a redirect of Astro', 'a.astro', "---\nreturn Astro.redirect(Astro.url.searchParams.get('to'));\n---\n", ['request -> redirect']],
];

describe('components of a single file', () => {
  for (const [title, file, text, expected] of flows) {
    it(`follows data: ${title} (${file})`, () => {
      assert.deepEqual(flowsOf(file, text), expected);
      assert.deepEqual(flowsOf(file, text.replaceAll('\n', '\r\n')), expected, 'with other line ends');
    });
  }

  it('tells the place in the whole file', () => {
    for (const [file, text] of [['A.vue', vue(chat, '<p v-html="answer" />')], ['A.svelte', svelte(said, 'ü <p>{@html answer}</p>')]] as const) {
      const found = analyzerFor({ [file]: text }).analyze(rootedPath(file)).findings.find((one) => one.ruleId === 'model-output/rendered-as-html');
      assert.equal(found?.range.start, text.lastIndexOf('answer'), file);
      assert.equal(found?.range.end, text.lastIndexOf('answer') + 6, file);
    }
  });

  it('hands properties to components of other files', () => {
    const files: Readonly<Record<string, string>> = {
      'Chat.vue': vue(`import Shown from './Shown.vue';\n${chat}`, '<Shown :text="answer" />'),
      'Shown.vue': vue("const props = defineProps<{ text: string }>();\nconst html = computed(() => `<b>${props.text}</b>`);\n", '<p v-html="html" />'),
      'Chat.svelte': svelte(`import Old from './Old.svelte';\nimport New from './New.svelte';\n${said}`, '<Old text={answer} />\n<New text={answer} />'),
      'Old.svelte': svelte("export let text = '';\n", '{@html text}'), 'New.svelte': svelte('let { text } = $props();\n', '{@html text}'),
      'page.astro': "---\nimport Card from './Card.astro';\nconst q = Astro.url.searchParams.get('q');\n---\n<Card title={q} />\n",
      'Card.astro': '---\nconst { title } = Astro.props;\n---\n<h2 set:html={title} />\n',
    };
    const analyzer = analyzerFor(files);
    const html = (file: string): readonly string[] => analyzer.analyze(rootedPath(file)).findings.filter((one) => /rendered-as-html|cross-site/.test(one.ruleId)).map((one) => one.path.split('/').at(-1)!);
    assert.deepEqual(html('Chat.vue'), ['Shown.vue']);
    assert.deepEqual([...html('Chat.svelte')].sort(), ['New.svelte', 'Old.svelte']);
    assert.deepEqual(html('page.astro'), ['Card.astro']);
    assert.deepEqual(html('Shown.vue'), []);
  });

  it('reads the scripts as programs when it looks for secrets', () => {
    const key = openaiKey();
    for (const [file, text] of [['A.vue', vue(`const apiKey = '${key}';\n`, '<p>a</p>')], ['A.svelte', svelte(`const apiKey = '${key}';\n`, '')], ['a.astro', `---\nconst apiKey = '${key}';\n---\n<p>a</p>\n`], ['B.vue', `<template>\n<Chat api-key="${key}" />\n</template>\n`]] as const) {
      assert.deepEqual(analyzerFor({ [file]: text }).analyze(rootedPath(file)).findings.filter((one) => one.ruleId.startsWith('secrets/')).map((one) => text.slice(one.range.start, one.range.end)), [key], file);
    }
  });

  it('imports what a fix needs in the script, with its indentation', () => {
    const added = (file: string, text: string): string | undefined => {
      const document = createDocument(rootedPath(file), languageOfPath(file)!, text);
      const edits = printAddImport({ kind: 'addImport', path: document.path, module: 'node:crypto', name: 'randomUUID' }, { document: () => document, exists: () => false, list: () => [] });
      return edits && applyEdits(text, edits);
    };
    const line = "import { randomUUID } from 'node:crypto';";
    assert.equal(added('A.vue', '<template>\n<p/>\n</template>\n<script setup>\nconst a = 1;\n</script>\n'), `<template>\n<p/>\n</template>\n<script setup>\n${line}\nconst a = 1;\n</script>\n`);
    assert.equal(added('A.svelte', "<script>\n\timport a from 'a';\n\ta();\n</script>\n"), `<script>\n\timport a from 'a';\n\t${line}\n\ta();\n</script>\n`);
    assert.equal(added('a.astro', '---\nconst a = 1;\n---\n<p/>\n'), `---\n${line}\nconst a = 1;\n---\n<p/>\n`);
    assert.equal(added('B.svelte', '<p>a</p>\n'), undefined);
  });

  it('never throws on a component cut anywhere', () => {
    for (const [, file, text] of flows) {
      for (let end = 0; end <= text.length; end += 3) lowerCode(createDocument(rootedPath(file), languageOfPath(file)!, text.slice(0, end)));
    }
  });

  it('never throws on a component with a piece cut out, doubled or replaced', () => {
    const junk = fc.constantFrom('{', '}', '{{', '}}', '"', "'", '`', '${', '<', '>', '</', '<!--', '---', '{#each', '{:else}', '{/if}', '{@html ', '<script>', '</script>', '<template>', ' v-for="', '/*', '/', '\n', '=', '\u0000', '\ud800', '=>');
    fc.assert(fc.property(fc.constantFrom(...flows), fc.nat(), fc.nat({ max: 40 }), fc.array(junk, { maxLength: 6 }), ([, file, text], at, length, pieces) => {
      const start = at % text.length;
      const broken = text.slice(0, start) + pieces.join('') + text.slice(start + length);
      assert.deepEqual(analyzerFor({ [file]: broken }).analyze(rootedPath(file)).notes, []);
    }), { numRuns: 300, seed: 20261128 });
  });

  it('survives what never ends and nests without end', () => {
    const many = 20_000;
    for (const piece of ['{', '{{', '<', '<p ', '<p a="', '<p {', '<p>', '{#if a}', '{#each a as ', '`', '</p', '<script>', '<p v-for="a in b">', '---\n', "{'"]) {
      for (const file of ['A.vue', 'A.svelte', 'a.astro']) {
        const text = `<template>${piece.repeat(many)}`;
        lowerCode(createDocument(rootedPath(file), languageOfPath(file)!, text));
      }
    }
  });
});
