/** Both languages' texts, bundled: one JSON file per namespace, key `namespace:path.to.text`. */
const files = import.meta.glob<object>('../../assets/locales/*/*.json', { eager: true, import: 'default' })

/** Namespaces that only the command line speaks stay out of the interface. */
const isForInterface = (namespace: string) => !namespace.startsWith('cli')

/** `{ en: { common: {…}, … }, 'zh-CN': {…} }` */
export function catalogues(): Record<string, Record<string, object>> {
  const resources: Record<string, Record<string, object>> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [, language, namespace] = /([^/]+)\/([^/]+)\.json$/.exec(path) ?? []
    if (language && namespace && isForInterface(namespace)) (resources[language] ??= {})[namespace] = texts
  }
  return resources
}
