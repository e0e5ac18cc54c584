import type { SceneData } from '#shared/report/scene-data.ts'

interface PanelOrders {
  whole(): void
  showFinding(finding: SceneData['findings'][number]): void
  showView(view: SceneData['views'][number]): void
  toggle(layer: string, isShown: boolean): void
}

/** The list at the side: findings to step through, saved views, what is shown. Plain elements, texts only. */
export function buildPanel(data: SceneData, orders: PanelOrders): void {
  const { texts } = data
  const panel = document.querySelector('aside')!
  panel.append(make('h1', data.title), make('p', data.subtitle, 'soft'), ...data.notes.map(note => make('p', note, 'note')))
  const card = make('div', '', 'card')
  const steps = [...data.views.map(view => ({ label: view.name, go: () => show([make('h2', view.name), make('p', view.note)], () => orders.showView(view)) })), ...data.findings.map(finding => ({
    label: `${finding.number}  ${finding.title}`,
    go: () => show([make('h2', `${finding.number}  ${finding.title}`), make('p', `${finding.isMandatory ? '■' : '○'} ${finding.severity} · ${finding.status}`, 'soft'), make('p', finding.text)], () => orders.showFinding(finding)),
  }))]
  let current = -1
  const show = (content: readonly HTMLElement[], look: () => void) => {
    card.replaceChildren(...content)
    card.hidden = false
    look()
  }
  const buttons: HTMLButtonElement[] = []
  const go = (index: number) => {
    if (steps.length === 0) return
    current = (index + steps.length) % steps.length
    buttons.forEach((button, i) => button.setAttribute('aria-current', String(i === current)))
    buttons[current]!.scrollIntoView({ block: 'nearest' })
    steps[current]!.go()
  }
  const bar = make('div', '', 'bar')
  bar.append(action(texts['previous']!, () => go(current - 1)), action(texts['next']!, () => go(current + 1)), action(texts['all']!, () => {
    card.hidden = true
    orders.whole()
  }))
  panel.append(bar)
  const list = (title: string, from: number, to: number, empty: string | null) => {
    panel.append(make('h3', title))
    if (from === to && empty !== null) panel.append(make('p', empty, 'soft'))
    for (let i = from; i < to; i++) {
      const button = action(steps[i]!.label, () => go(i), 'row')
      buttons.push(button)
      panel.append(button)
    }
  }
  if (data.views.length > 0) list(texts['views']!, 0, data.views.length, null)
  list(texts['findings']!, data.views.length, steps.length, texts['noFindings']!)
  panel.append(make('h3', texts['layers']!), ...layerBoxes(data, orders))
  card.hidden = true
  document.body.append(card, make('p', texts['hint']!, 'hint'))
  addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, j: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, k: -1 }[event.key]
    if (step === undefined || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    go(current + step)
  })
}

function layerBoxes(data: SceneData, orders: PanelOrders): HTMLElement[] {
  const present = new Set(data.lines.map(line => line.kind))
  const layers = [
    ...(data.ground ? [{ id: 'ground', name: data.texts['ground']!, colour: '#b9b3a4' }] : []), ...(data.buildings.length > 0 ? [{ id: 'buildings', name: data.texts['buildings']!, colour: '#d9dde2' }] : []),
    ...data.kinds.filter((_, i) => present.has(i)),
  ]
  return layers.map(({ id, name, colour }) => {
    const label = make('label', '', 'layer')
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true, onchange: () => orders.toggle(id, box.checked) })
    const swatch = make('span', '', 'swatch')
    swatch.style.background = colour
    label.append(box, swatch, name)
    return label
  })
}

const make = (tag: string, text: string, className = ''): HTMLElement => Object.assign(document.createElement(tag), { textContent: text, className })
const action = (text: string, onclick: () => void, className = ''): HTMLButtonElement => Object.assign(document.createElement('button'), { type: 'button' as const, textContent: text, className, onclick })
