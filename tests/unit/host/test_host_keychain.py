"""Key stores: limits of time and length, memory-only keys, keys made from a passphrase."""

from __future__ import annotations

import threading

import pytest

from selfcare.domain.failures import NoKeyring, VaultLocked, VaultWrongKey
from selfcare.host.keychain import SystemKeychain, passphrase_key, session_keychain
from selfcare.host.keyplaces import Place, prove
from selfcare.host.patience import Patience


class Ring:
    """A key store of the system, as the keyring library shows it; `trouble` is what it throws when asked."""

    def __init__(self, trouble: Exception | None = None, forgets: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble
        self.forgets = forgets

    def get_password(self, service: str, account: str) -> str | None:
        if self.trouble is not None:
            raise self.trouble
        return self.kept.get((service, account))

    def set_password(self, service: str, account: str, text: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        if not self.forgets:
            self.kept[service, account] = text

    def delete_password(self, service: str, account: str) -> None:
        from keyring.errors import PasswordDeleteError

        if (service, account) not in self.kept:
            raise PasswordDeleteError("none")
        del self.kept[service, account]


def chain(ring: Ring, *others: Ring) -> SystemKeychain:
    return SystemKeychain(Place("first", ring), [Place("other", one) for one in others], Patience(5))


def test_a_key_is_kept_as_hexadecimal_text_and_read_again() -> None:
    ring = Ring()
    chain(ring).write("a", b"\x01" * 32)
    assert ring.kept == {("Selfcare", "a"): "01" * 32}
    assert chain(ring).read("a") == b"\x01" * 32
    assert chain(ring).read("b") is None


def test_forgetting_twice_is_fine() -> None:
    keys = chain(Ring())
    keys.write("a", b"x")
    keys.delete("a")
    keys.delete("a")
    assert keys.read("a") is None


def test_after_a_change_of_desktop_the_key_is_found_in_the_other_store_and_only_read() -> None:
    old, new = Ring(), Ring()
    chain(old).write("a", b"\x02" * 32)
    keys = chain(new, old)
    assert (keys.name, keys.read("a"), keys.found_in) == ("first", b"\x02" * 32, "other")
    assert new.kept == {}
    assert len(old.kept) == 1


def test_what_is_no_key_of_ours_is_not_taken_for_an_absent_one() -> None:
    ring = Ring()
    ring.kept["Selfcare", "a"] = "a password of somebody else"
    with pytest.raises(VaultWrongKey):
        chain(ring).read("a")


def test_only_keys_fit_the_store_of_every_system() -> None:
    with pytest.raises(ValueError, match="only a key"):
        chain(Ring()).write("a", b"x" * 513)


def test_the_library_s_errors_have_our_names() -> None:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    class NotAvailableException(Exception):
        """As the message bus throws."""

    class LockedException(Exception):
        """As secretstorage throws."""

    for trouble, ours in [
        (NoKeyringError(), NoKeyring),
        (InitError(), NoKeyring),
        (NotAvailableException(), NoKeyring),
        (OSError(), NoKeyring),
        (KeyringLocked(), VaultLocked),
        (LockedException(), VaultLocked),
    ]:
        with pytest.raises(ours):
            chain(Ring(trouble)).read("a")


def test_a_store_that_swallows_what_it_is_given_is_none() -> None:
    with pytest.raises(NoKeyring):
        prove(Place("null", Ring(forgets=True)))


def test_the_trial_leaves_nothing_behind() -> None:
    ring = Ring()
    prove(Place("good", ring))
    assert ring.kept == {}


def test_what_a_kill_left_of_a_trial_goes_with_the_next_one() -> None:
    ring = Ring()

    def killed(service: str, account: str) -> str | None:
        raise KeyboardInterrupt

    ring.get_password = ring.delete_password = killed  # type: ignore[method-assign, assignment]
    with pytest.raises(KeyboardInterrupt):
        prove(Place("good", ring))
    assert len(ring.kept) == 1
    del ring.get_password, ring.delete_password
    prove(Place("good", ring))
    assert ring.kept == {}


def test_a_trial_of_another_program_that_comes_between_proves_nothing_wrong() -> None:
    ring, moments = Ring(), []

    def disturbed(service: str, account: str) -> str | None:
        moments.append(account)
        match len(moments):
            case 1:
                ring.kept[service, account] = "another one's"
            case 2:
                ring.kept.pop((service, account), None)
            case 4:
                ring.kept[service, account] = "another one's, after ours went"
        return ring.kept.get((service, account))

    ring.get_password = disturbed  # type: ignore[method-assign]
    prove(Place("good", ring))
    assert ring.kept == {}
    assert len(set(moments)) == 1


def test_many_may_try_one_store_at_the_same_time() -> None:
    ring, came = Ring(), []

    def one() -> None:
        for _ in range(20):
            prove(Place("good", ring))
        came.append(1)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == 2
    assert ring.kept == {}


def test_a_question_nobody_answers_ends_in_locked_and_is_not_asked_twice() -> None:
    answered = threading.Event()
    asked: list[int] = []

    def ask() -> str:
        asked.append(1)
        answered.wait(20)
        return "open"

    patience = Patience(0.05)
    for _ in range(3):
        with pytest.raises(VaultLocked):
            patience(ask)
    assert len(asked) == 1
    answered.set()
    Patience(5)(lambda: None)
    patience_again = None
    while patience_again is None:
        try:
            patience_again = patience(ask)
        except VaultLocked:
            continue
    assert (patience_again, len(asked)) == ("open", 2)


def test_keys_in_memory_are_gone_with_the_session() -> None:
    keys = session_keychain()
    keys.write("a", b"k")
    assert (keys.name, keys.read("a"), session_keychain().read("a")) == ("memory", b"k", None)
    keys.delete("a")
    keys.delete("a")
    assert keys.read("a") is None


def test_a_passphrase_makes_one_key_and_its_salt_another() -> None:
    salt = bytes(range(16))
    key = passphrase_key("correct horse", salt)
    assert len(key) == 32
    assert passphrase_key("correct horse", salt) == key
    assert passphrase_key("correct horse", salt[::-1]) != key
    assert passphrase_key("Correct horse", salt) != key


def test_a_passphrase_typed_on_another_keyboard_is_the_same() -> None:
    assert passphrase_key("caf\u00e9", b"0" * 16) == passphrase_key("cafe\u0301", b"0" * 16)


def test_the_parameters_of_the_key_never_change_by_accident() -> None:
    assert (
        passphrase_key("selfcare", b"0123456789abcdef").hex()
        == "ae5ba7c66da225638eec741f2a3aacecb92a889994fc6fca264ddad86213eee1"
    )


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="salt"):
        passphrase_key("x", b"short")
