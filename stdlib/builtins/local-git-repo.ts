import path from 'node:path';
import { Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { typeName } from '../schema/kind.ts';
import { optional, required } from '../schema/parameter.ts';
import { absolutePath } from '../schema/path-types.ts';
import { anyValue, string } from '../schema/scalar-types.ts';
import { systemReason } from './effect-errors.ts';
import { kindOf } from './program-path.ts';

export const localGitRepo = builtin({
  name: 'local_git_repo',
  doc: 'Answers a checkout of a Git repository, which stands for its folder wherever a path is asked for.',
  parameters: { paths: required(string, 'The folder that has the `.git`.') },
  returns: 'GitRepo',
  example: "const repo = local_git_repo('.');\ndocker_build('shop/web', repo.paths('web'));",
  run({ paths }, call) {
    const folder = absolutePath(call, paths);
    const found = kindOf(folder, call);
    if (!found.ok) {
      if (found.code === 'refused') throw new Refusal(found.message);
      throw new Refusal(`Reading paths ${folder}: stat ${folder}: ${systemReason(found.code) ?? found.message}`);
    }
    const git = kindOf(path.join(folder, '.git'), call);
    if (!git.ok && git.code === 'ENOENT') {
      throw new Refusal(`${folder} isn't a valid git repo: it doesn't have a .git/ directory`);
    }
    return new Tagged('git.Repo', { folder });
  },
});

/** What `paths` of a checkout is made of; the prelude takes this name away from scripts. */
export const gitRepoPaths = builtin({
  name: '__git_repo.paths',
  doc: '',
  parameters: { folder: required(string, ''), paths: optional(anyValue('unknown'), '') },
  returns: 'string',
  run({ folder, paths }) {
    if (paths === undefined) throw new Refusal('paths: missing argument for paths');
    if (typeof paths !== 'string') {
      throw new Refusal(`paths: for parameter paths: got ${typeName(paths)}, want string`);
    }
    const joined = path.join(folder, paths);
    return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
  },
});
