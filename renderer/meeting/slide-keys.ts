/** Keys of a keyboard and of clickers, which press page up and page down. */
const STEPS: Readonly<Record<string, 1 | -1>> = { PageDown: 1, ArrowRight: 1, ' ': 1, PageUp: -1, ArrowLeft: -1 }

/**
 * Which way a key turns the slides; null where it belongs to something else. A clicker's page keys work while somebody
 * types; letters and arrows belong to the text. Works for events of any window.
 */
export function slideStep(event: KeyboardEvent): 1 | -1 | null {
  const step = STEPS[event.key]
  const tag = (event.target as Partial<Element> | null)?.tagName ?? ''
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(tag)
  return step === undefined || (isTyping && !event.key.startsWith('Page')) || (event.key === ' ' && tag === 'BUTTON') ? null : step
}
