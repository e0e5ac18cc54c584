import { useEffect } from 'react'
import { useThree } from '@react-three/fiber'

/** Graphics drivers may take the picture away; three uploads everything again when it comes back, given a frame to do so. */
export function ContextGuard({ onChange }: { readonly onChange: (isLost: boolean) => void }) {
  const canvas = useThree(state => state.gl.domElement)
  const invalidate = useThree(state => state.invalidate)
  useEffect(() => {
    const lost = () => onChange(true)
    const restored = () => {
      onChange(false)
      invalidate()
    }
    canvas.addEventListener('webglcontextlost', lost)
    canvas.addEventListener('webglcontextrestored', restored)
    return () => {
      canvas.removeEventListener('webglcontextlost', lost)
      canvas.removeEventListener('webglcontextrestored', restored)
    }
  }, [canvas, invalidate, onChange])
  return null
}
