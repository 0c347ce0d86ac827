import { bool, kept, pointer, string, strings } from './field-type.ts';
import { maybe, recordType } from './record-type.ts';

// The objects inside of buttons. The order of fields is that of Tilt's API, which messages show.

export const uiBoolInputSpec = recordType({
  name: 'ui_bool_input_spec',
  doc: 'A box to tick.',
  example: `v1alpha1.ui_bool_input_spec({ default_value: true, true_string: 'yes', false_string: 'no' })`,
  fields: {
    default_value: { type: bool, doc: 'Whether it is ticked at first.' },
    true_string: { type: pointer(string), doc: 'What a ticked box stands for; `true` when not given.' },
    false_string: { type: pointer(string), doc: 'What an empty box stands for; `false` when not given.' },
  },
});

export const uiChoiceInputSpec = recordType({
  name: 'ui_choice_input_spec',
  doc: 'A choice between words.',
  example: `v1alpha1.ui_choice_input_spec({ choices: ['dev', 'staging'] })`,
  fields: { choices: { type: kept(strings, null), doc: 'The words, at least one.' } },
});

export const uiHiddenInputSpec = recordType({
  name: 'ui_hidden_input_spec',
  doc: 'A value that goes along and is not shown.',
  example: `v1alpha1.ui_hidden_input_spec({ value: 'web' })`,
  fields: { value: { type: kept(string, ''), doc: 'The value.' } },
});

export const uiTextInputSpec = recordType({
  name: 'ui_text_input_spec',
  doc: 'A field for text.',
  example: `v1alpha1.ui_text_input_spec({ default_value: '1', placeholder: 'how many' })`,
  fields: {
    default_value: { type: string, doc: 'What stands in it at first.' },
    placeholder: { type: string, doc: 'What is shown while it is empty.' },
  },
});

export const uiInputSpec = recordType({
  name: 'ui_input_spec',
  doc: 'Something that a button asks for: exactly one of `text`, `bool`, `hidden` and `choice`.',
  example: `v1alpha1.ui_input_spec({ name: 'count', label: 'How many', text: { default_value: '1' } })`,
  fields: {
    name: { type: kept(string, ''), doc: 'Names it among the inputs of its button.' },
    label: { type: kept(string, ''), doc: 'What to show in front of it.' },
    text: { type: maybe(uiTextInputSpec), doc: 'A field for text.' },
    bool: { type: maybe(uiBoolInputSpec), doc: 'A box to tick.' },
    hidden: { type: maybe(uiHiddenInputSpec), doc: 'A value that is not shown.' },
    choice: { type: maybe(uiChoiceInputSpec), doc: 'A choice between words.' },
  },
});

export const uiComponentLocation = recordType({
  name: 'ui_component_location',
  doc: 'Where a button is shown.',
  example: `v1alpha1.ui_component_location({ component_type: 'Resource', component_id: 'api' })`,
  fields: {
    component_id: {
      type: kept(string, ''),
      doc: 'The name of the resource, or `nav` for the bar at the top.',
      json: 'componentID',
    },
    component_type: { type: kept(string, ''), doc: '`Resource`, or `Global` for the bar at the top.' },
  },
});
