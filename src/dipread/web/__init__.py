"""The same screen in a browser on this machine, through textual-serve, and for nobody else.

A web page that is open elsewhere in the browser can send requests to a server on this machine too. So
the address holds a token that nobody can guess, and who asks has to name this host and come from this page.
"""
