"""The vault: the only room that sees cryptography. Others hand it rows and get words back.

Its words: a *data key* opens one part of one owner's portal for one audience; a *wrapped key* is a
data key closed so that one holder can open it; a *box* is a viewer's opened keys.
"""
