import { X } from 'lucide-react'
import { useEffect, useId, useState, type ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { OverlayRoot } from './overlay-root.ts'
import './overlays.css'

interface DialogProps {
  readonly title: string
  /** Label of the button in the corner. */
  readonly closeLabel: string
  readonly onClose: () => void
  readonly width?: number
  readonly footer?: ReactNode
  /** No head and no padding: for surfaces that bring their own, like the palette. */
  readonly bare?: boolean
  readonly children: ReactNode
}

/**
 * A modal dialog on the browser's own <dialog>: it traps focus, gives it back, and closes on Escape
 * without a style tag of a library's (the content security policy forbids those). The control marked `data-autofocus`
 * has the focus at first.
 */
export function Dialog({ title, closeLabel, onClose, width = 480, footer, bare = false, children }: DialogProps) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null)
  const titleId = useId()
  useEffect(() => {
    if (!dialog || dialog.open) return
    dialog.showModal()
    // The browser would take the first control, which is the one that closes.
    const first = dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog
    first.focus()
  }, [dialog])
  return (
    <dialog
      ref={setDialog}
      tabIndex={-1}
      className={`dialog ${bare ? 'dialog--bare' : ''}`}
      style={{ width }}
      aria-labelledby={titleId}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={event => {
        if (dialog && event.target === dialog && isOutside(event, dialog)) onClose()
      }}
    >
      <OverlayRoot value={dialog}>
        {bare ? <h2 id={titleId} className="visually-hidden">{title}</h2> : (
          <header className="dialog__head">
            <h2 id={titleId}>{title}</h2>
            <IconButton label={closeLabel} icon={<X size={16} />} onClick={onClose} />
          </header>
        )}
        <div className={bare ? '' : 'dialog__body'}>{children}</div>
        {footer && <footer className="dialog__foot">{footer}</footer>}
      </OverlayRoot>
    </dialog>
  )
}

function isOutside(event: { clientX: number; clientY: number }, dialog: HTMLDialogElement): boolean {
  const box = dialog.getBoundingClientRect()
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
}
