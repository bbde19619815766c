declare const load: { readonly actions: () => string };
export default load;
