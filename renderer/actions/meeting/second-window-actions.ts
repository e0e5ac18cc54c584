import { showToast } from '../../state/app/jobs-store.ts'
import { secondWindowsStore, type SecondWindowId } from '../../state/app/second-window-store.ts'

const SIZE: Readonly<Record<SecondWindowId, readonly [width: number, height: number]>> = { presenter: [900, 640], plan: [1100, 800], profile: [1200, 560], section: [1000, 640] }

/**
 * Opens a window of its own for a view, or brings it forward. To be called from a press: browsers open none otherwise.
 * The window loads nothing: it is filled from this page (`app/second-windows.tsx`), which it cannot outlive.
 */
export function openSecondWindow(id: SecondWindowId): void {
  const known = secondWindowsStore.getState().open[id]
  if (known && !known.closed) return known.focus()
  const [width, height] = SIZE[id]
  const made = window.open('', `underplan-${id}`, `popup,width=${width},height=${height}`)
  if (!made) return showToast('warning', 'app:toast.windowBlocked')
  dress(made)
  const forget = () => secondWindowsStore.setState(({ open: { [id]: gone, ...open } }) => (gone === made ? { open } : {}))
  made.addEventListener('pagehide', forget)
  // Told by the window where its browser tells it, and looked at now and then where it does not.
  const watch = setInterval(() => {
    if (!made.closed) return
    clearInterval(watch)
    forget()
  }, 1000)
  addEventListener('pagehide', () => made.close(), { once: true })
  secondWindowsStore.setState(({ open }) => ({ open: { ...open, [id]: made } }))
}

export function closeSecondWindow(id: SecondWindowId): void {
  secondWindowsStore.getState().open[id]?.close()
  secondWindowsStore.setState(({ open: { [id]: _, ...open } }) => ({ open }))
}

/** The page's styles, theme and language, now and when they change. */
function dress(made: Window): void {
  const page = document.documentElement
  const follow = () => {
    made.document.documentElement.lang = page.lang
    Object.assign(made.document.documentElement.dataset, page.dataset)
  }
  made.document.body.replaceChildren()
  made.document.head.replaceChildren(...[...document.head.querySelectorAll('link[rel=stylesheet], style')].map(node => absolute(made.document.importNode(node, true), node)))
  follow()
  const observer = new MutationObserver(follow)
  observer.observe(page, { attributes: true, attributeFilter: ['lang', 'data-theme'] })
  made.addEventListener('pagehide', () => observer.disconnect())
}

/** A sheet's address as the page resolves it: the new window has none of its own to start from. */
function absolute(copy: Node, original: Element): Node {
  if (copy instanceof copy.ownerDocument!.defaultView!.HTMLLinkElement && original instanceof HTMLLinkElement) copy.href = original.href
  return copy
}
