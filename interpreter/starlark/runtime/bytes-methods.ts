import { positional } from './arguments.ts';
import { type Bytes, Elements } from './bytes.ts';
import { MethodTable } from './function.ts';

export const bytesMethods = new MethodTable<Bytes>({
  $elems(self, args, keywords) {
    positional('elems', args, keywords, 0);
    return new Elements('bytes.elems', `${self.show()}.elems()`, false, () => self.values);
  },
});
