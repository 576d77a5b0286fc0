/* Keeping it: six words drawn here, three of them picked out again, then it is locked under them. */
(function (Line, Sealing) {
  'use strict';
  var bytes = Sealing.bytes;

  async function lock(talk, words) {
    var salt = bytes.fromText(Line.root.dataset.salt), both, claim, answer, key, sealed;
    both = await Sealing.words.stretch(words, salt);
    claim = bytes.toText(both.claim);
    answer = await talk.keep({ claim: claim });
    key = await Sealing.words.unlockKey(both.half, bytes.fromText(answer.share));
    sealed = await Sealing.words.lock(key, talk.visit.secret, talk.id);
    return talk.keep({ claim: claim, sealed: bytes.toText(sealed) });
  }

  function show(box, part, isQuiet) {
    var heading;
    box.replaceChildren.apply(box, Array.from(part.childNodes));
    heading = box.querySelector('h2');
    if (!isQuiet && heading) { heading.tabIndex = -1; heading.focus(); }
  }

  function showTrouble(box, error) {
    box.appendChild(Line.make('p', Line.say(error.status === 429 ? 'often' : 'trouble'), 'callout care'))
      .setAttribute('role', 'status');
  }

  function showWords(box, words, wasWrong, next) {
    var part = Line.part('words');
    Line.find(part, 'wrong').hidden = !wasWrong;
    words.split(' ').forEach(function (word) {
      Line.find(part, 'six').appendChild(Line.make('li', word));
    });
    Line.onPress(part, 'try', next);
    show(box, part);
  }

  function question(asked) {
    var part = Line.part('question'), legend = part.querySelector('legend');
    legend.textContent = Line.fill(legend.textContent, { place: asked.place });
    asked.choices.forEach(function (word) {
      var label = Line.make('label', '', 'pick'), radio = document.createElement('input');
      radio.type = 'radio';
      radio.name = 'word' + asked.place;
      radio.value = word;
      radio.required = true;
      label.append(radio, word);
      part.querySelector('.picks').appendChild(label);
    });
    return part.firstElementChild;
  }

  /* done(isRight) */
  function showPicks(box, words, again, done) {
    var part = Line.part('pick'), form = Line.find(part, 'picks'), asked = Line.questions(words);
    asked.forEach(function (one) { Line.find(part, 'questions').appendChild(question(one)); });
    Line.onPress(part, 'again', again);
    Line.onSend(form, function () {
      done(asked.every(function (one) {
        var picked = form.querySelector('[name=word' + one.place + ']:checked');
        return picked && picked.value === one.right;
      }));
    });
    show(box, part);
  }

  /* Returns once she has picked them out. */
  function learn(box, words) {
    return new Promise(function (done) {
      function tell(wasWrong) { showWords(box, words, wasWrong, ask); }
      function ask() {
        showPicks(box, words, function () { tell(false); }, function (isRight) {
          if (isRight) done(); else tell(true);
        });
      }
      tell(false);
    });
  }

  /* isFirst: a message that was left is kept before she learns the words, so that it waits. */
  Line.keep = async function (box, talk, kept, isFirst) {
    var words, status;
    try {
      box.replaceChildren(Line.make('p', Line.say('working')));
      words = Sealing.words.pick(await Line.wordList());
      if (isFirst) await lock(talk, words);
      await learn(box, words);
      box.replaceChildren(Line.make('p', Line.say('working')));
      status = await (isFirst ? talk.keep() : lock(talk, words));
      talk.isKept = true;
      kept(status);
    } catch (error) {
      Line.offer(box, talk, kept);
      showTrouble(box, error);
    }
  };

  Line.offer = function (box, talk, kept) {
    var part = Line.part('unkept');
    Line.onPress(part, 'keep', function () { Line.keep(box, talk, kept); });
    box.replaceChildren.apply(box, Array.from(part.childNodes));
  };

  Line.showPart = show;
  Line.showTrouble = showTrouble;
})(window.Line, window.Sealing);
